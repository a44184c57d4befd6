namespace BotDispatch.Tests.Hosting;

/// <summary>Several ticket systems of one kind in the settings: what is refused at the start, and with which words.</summary>
public sealed class SeveralSystemsStartTests
{
    static Launch Two(params (string Name, string? Value)[] more) => new Launch().With(
    [
        ("Tickets:File", null), ("Tickets:Redmine:BaseAddress", "http://127.0.0.1:9/one"), ("Tickets:Redmine:ApiKey", "one-secret"),
        ("Tickets:Systems:lifts:Kind", "Redmine"), ("Tickets:Systems:lifts:BaseAddress", "http://127.0.0.1:9/two"), ("Tickets:Systems:lifts:ApiKey", "two-secret"),
        ("Tickets:Systems:lifts:Prefix", "L-"), .. more,
    ]);

    [Fact]
    public async Task Two_systems_with_forms_of_their_own_may_start_and_each_has_its_line()
    {
        using var launch = Two();
        var ended = await launch.RunProcessAsync("Production", arguments: ["--check"]);
        (ended.Code, ended.Faults.Count).ShouldBe((0, 0), ended.Error);
        foreach (var line in (string[])["  Tickets      Redmine at 127.0.0.1", "  Tickets      Redmine (lifts) at 127.0.0.1", "Worth a look: Redmine (lifts) could not be asked who BotDispatch is"])
            ended.Out.ShouldContain(line);
    }

    [Theory]
    [InlineData("Tickets:Systems:lifts:Prefix", "#", "Tickets:Redmine:Prefix (in the environment Tickets__Redmine__Prefix) is # as well as Tickets:Systems:lifts:Prefix, so nobody could tell whose ticket #7 is: write another prefix for one of them, as RT-.")]
    [InlineData("Tickets:Systems:lifts:Kind", "Redmin", "Tickets:Systems:lifts:Kind (in the environment Tickets__Systems__lifts__Kind) is \"Redmin\": write Redmine or Jira or ServiceNow or RequestTracker or Zendesk or GitHub or GitLab or Http.")]
    [InlineData("Tickets:Systems:lifts:Kind", null, "Tickets:Systems:lifts:Kind (in the environment Tickets__Systems__lifts__Kind) is missing: write what kind of ticket system it is, Redmine, Jira,")]
    [InlineData("Tickets:Systems:lifts:BaseAddress", null, "Tickets:Systems:lifts:BaseAddress (in the environment Tickets__Systems__lifts__BaseAddress) is missing: write the address that people open, as https://redmine.example.com, or remove Tickets:Systems:lifts.")]
    [InlineData("Tickets:Systems:lifts:ApiKey", null, "Tickets:Systems:lifts:ApiKey (in the environment Tickets__Systems__lifts__ApiKey) is missing: copy the API access key")]
    [InlineData("Tickets:Systems:lifts:ApiKy", "x", "Tickets:Systems:lifts:ApiKy (in the environment Tickets__Systems__lifts__ApiKy) is not a setting of BotDispatch: did you mean Tickets:Systems:lifts:ApiKey?")]
    [InlineData("Tickets:Systems:lifts:Projects:0", "OPS", "Tickets:Systems:lifts:Projects:0 (in the environment Tickets__Systems__lifts__Projects__0) is not a setting of BotDispatch; Tickets:Systems:lifts has ")]
    [InlineData("Tickets:Systems:lifts:Watch", "perhaps", "Tickets:Systems:lifts:Watch (in the environment Tickets__Systems__lifts__Watch) is \"perhaps\": write true or false.")]
    [InlineData("Tickets:Systems:lifts:Users:ann@example.com", "ann", "Tickets:Systems:lifts:Users (in the environment Tickets__Systems__lifts__Users) must have the ids of users")]
    [InlineData("Tickets:Systems:lifts", "Redmine", "Tickets:Systems:lifts (in the environment Tickets__Systems__lifts) is not a setting but a section of settings: Tickets:Systems:lifts:Kind says which it has.")]
    [InlineData("Tickets:System:lifts:Kind", "Redmine", "Tickets:System:lifts:Kind (in the environment Tickets__System__lifts__Kind) is not a setting of BotDispatch: did you mean Tickets:Systems?")]
    [InlineData("Tickets:Systems:jira:Kind", "Jira", "Tickets:Systems:jira (in the environment Tickets__Systems__jira): jira is a kind of ticket system, and the name of the one in Tickets:jira: write another name, as Tickets:Systems:jira2.", "Tickets:Systems:jira:BaseAddress")]
    [InlineData("Tickets:Systems:0:Kind", "Http", "Tickets:Systems:0 (in the environment Tickets__Systems__0): 0 cannot be the name of a ticket system: write a name of letters, digits and hyphens that begins with a letter, as Tickets:Systems:lifts.", "Tickets:Systems:0:BaseAddress")]
    public async Task A_fault_of_a_further_system_is_said_once_with_its_own_setting(string name, string? value, string says, string? also = null)
    {
        using var launch = Two((name, value));
        var ended = await launch.RunAsync("Production", "--check");
        ended.Code.ShouldBe(1);
        ended.Faults.Where(fault => also is null || !fault.StartsWith(also, StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith(says);
        ended.Error.ShouldNotContain("-secret");
    }

    static (string Name, string? Value)[] Http(string section, string pattern, string? example = null) =>
    [
        ($"{section}:BaseAddress", $"http://127.0.0.1:9/{section.Split(':')[^1]}"), ($"{section}:Pattern", pattern), ($"{section}:TicketPath", "t/{reference}"), ($"{section}:CheckPath", "me"), ($"{section}:Title", "{title}"),
        .. section == "Tickets:Http" ? [] : ((string, string?)[])[($"{section}:Kind", "Http")], .. example is null ? [] : ((string, string?)[])[($"{section}:Example", example)],
    ];

    [Theory]
    [InlineData(@"INC\d{7}", null, @"INC\d{7}", null, "Tickets:Systems:shop:Pattern (in the environment Tickets__Systems__shop__Pattern) is the same as Tickets:Http:Pattern, so nobody could tell whose ticket a reference is")]
    [InlineData(@"TKT-\d+", "TKT-1", @"TKT-\d+", "TKT-2", "Tickets:Systems:shop:Pattern (in the environment Tickets__Systems__shop__Pattern) is the same as")]
    [InlineData(@"INC\d{7}", null, @"TKT-(\d+)", null, "Tickets:Http:Example (in the environment Tickets__Http__Example) is missing: with several systems of kind Http, write one reference that Pattern matches, as TKT-1234")]
    [InlineData(@"TKT-(\d+)", null, @"[A-Z]{3}-\d+", null, "Tickets:Systems:shop:Example (in the environment Tickets__Systems__shop__Example) is missing")]
    [InlineData(@"TKT-\d+", "TKT-1234", @"[A-Z]{3}-\d+", "ABC-1", "Tickets:Systems:shop:Pattern (in the environment Tickets__Systems__shop__Pattern) makes TKT-1234 a ticket of shop, and Tickets:Http:Pattern makes it one of The ticket system")]
    [InlineData(@"TKT-(\d{4})", null, @"TKT-(\d{3,4})", null, "Tickets:Systems:shop:Pattern (in the environment Tickets__Systems__shop__Pattern) makes TKT-1234 a ticket of shop")]
    [InlineData(@"TKT-(\d{4})", null, @"TKT-(\d{5})", null, null), InlineData(@"INC\d{7}", "INC0010023", @"TKT-(\d+)", null, null)]
    public async Task Two_systems_of_kind_Http_start_only_if_a_reference_of_each_is_none_of_the_other(string one, string? ofOne, string other, string? ofOther, string? says)
    {
        using var launch = new Launch().With(Http("Tickets:Http", one, ofOne)).With(Http("Tickets:Systems:shop", other, ofOther));
        var faults = (await launch.RunAsync("Production", "--check")).Faults;
        if (says is null)
            faults.ShouldBeEmpty();
        else
            faults.ShouldHaveSingleItem().ShouldStartWith(says);
    }

    static readonly Dictionary<string, (string Name, string? Value)[]> Pairs = new()
    {
        ["Jira, every project"] = [("Tickets:Jira:BaseAddress", "https://one.example.com"), ("Tickets:Jira:ApiToken", "t"), ("Tickets:Systems:shop:Kind", "Jira"), ("Tickets:Systems:shop:BaseAddress", "https://two.example.com"), ("Tickets:Systems:shop:ApiToken", "t")],
        ["Jira, one project in both"] = [("Tickets:Jira:BaseAddress", "https://one.example.com"), ("Tickets:Jira:ApiToken", "t"), ("Tickets:Jira:Projects:0", "IT"), ("Tickets:Systems:shop:Kind", "Jira"), ("Tickets:Systems:shop:BaseAddress", "https://two.example.com"), ("Tickets:Systems:shop:ApiToken", "t"), ("Tickets:Systems:shop:Projects:0", "it")],
        ["Jira and a prefix"] = [("Tickets:Systems:shop:Kind", "Jira"), ("Tickets:Systems:shop:BaseAddress", "https://two.example.com"), ("Tickets:Systems:shop:ApiToken", "t"), ("Tickets:RequestTracker:BaseAddress", "https://rt.example.com"), ("Tickets:RequestTracker:Token", "t"), ("Tickets:RequestTracker:Prefix", "RT-")],
        ["GitHub, one repository in both"] = [("Tickets:GitHub:BaseAddress", "https://github.com"), ("Tickets:GitHub:Token", "t"), ("Tickets:GitHub:Repositories:0", "acme/it"), ("Tickets:Systems:shop:Kind", "GitHub"), ("Tickets:Systems:shop:BaseAddress", "https://github.com"), ("Tickets:Systems:shop:Token", "t"), ("Tickets:Systems:shop:Prefix", ""), ("Tickets:Systems:shop:Repositories:0", "Acme/IT")],
        ["ServiceNow without a prefix"] = [("Tickets:ServiceNow:BaseAddress", "https://one.example.com"), ("Tickets:ServiceNow:UserName", "u"), ("Tickets:ServiceNow:Password", "p"), ("Tickets:Systems:shop:Kind", "ServiceNow"), ("Tickets:Systems:shop:BaseAddress", "https://two.example.com"), ("Tickets:Systems:shop:UserName", "u"), ("Tickets:Systems:shop:Password", "p")],
        ["a pattern and a prefix"] = [("Tickets:Zendesk:BaseAddress", "https://one.example.com"), ("Tickets:Zendesk:Email", "u@example.com"), ("Tickets:Zendesk:ApiToken", "t"), ("Tickets:Systems:shop:Kind", "Http"), ("Tickets:Systems:shop:BaseAddress", "https://two.example.com"), ("Tickets:Systems:shop:Pattern", @"#(\d+)"), ("Tickets:Systems:shop:TicketPath", "t/{number}"), ("Tickets:Systems:shop:CheckPath", "me"), ("Tickets:Systems:shop:Title", "{title}")],
    };

    [Theory]
    [InlineData("Jira, every project", "Tickets:Systems:shop:Projects", "Tickets:Jira:Projects", "OPS-7"), InlineData("Jira, one project in both", "Tickets:Systems:shop:Projects", "Tickets:Jira:Projects", "IT-7")]
    [InlineData("Jira and a prefix", "Tickets:Systems:shop:Projects", "Tickets:RequestTracker:Prefix", "RT-7"), InlineData("GitHub, one repository in both", "Tickets:Systems:shop:Repositories", "Tickets:GitHub:Repositories", "acme/it#7")]
    [InlineData("ServiceNow without a prefix", "Tickets:Systems:shop:Prefix", "Tickets:ServiceNow:Prefix", "INC0010023"), InlineData("a pattern and a prefix", "Tickets:Systems:shop:Pattern", "Tickets:Zendesk:Prefix", "#7")]
    public async Task Two_systems_that_could_both_mean_one_reference_are_refused_with_both_settings(string pair, string one, string other, string sample)
    {
        using var launch = new Launch().With(Pairs[pair]);
        var fault = (await launch.RunAsync("Production", "--check")).Faults.ShouldHaveSingleItem();
        foreach (var part in (string[])[one, other, $" makes {sample} a ticket of ", "nobody could tell whose it is: change one of these settings."])
            fault.ShouldContain(part);
    }

    // They always could be set up side by side, and all of them are asked.
    [Theory]
    [InlineData("RT-", null, null), InlineData("OPS-", null, null), InlineData("IT-", "IT", null), InlineData("RT-", "IT", @"IT-(\d+)"), InlineData("RT-", null, @"OPS-(\d+)"), InlineData("RT-", null, @"RT-(\d+)")]
    public async Task Two_systems_of_different_kinds_without_names_of_their_own_start_as_they_always_did(string prefix, string? project, string? pattern)
    {
        using var launch = new Launch().With(("Tickets:Jira:BaseAddress", "http://127.0.0.1:9/jira"), ("Tickets:Jira:ApiToken", "t"), ("Tickets:Jira:Projects:0", project),
            ("Tickets:RequestTracker:BaseAddress", "http://127.0.0.1:9/rt"), ("Tickets:RequestTracker:Token", "t"), ("Tickets:RequestTracker:Prefix", prefix));
        if (pattern is not null)
            launch.With(Http("Tickets:Http", pattern));
        (await launch.RunAsync("Production", "--check")).Faults.ShouldBeEmpty();
    }
}
