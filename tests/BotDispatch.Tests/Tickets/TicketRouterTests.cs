using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Tickets;
using BotDispatch.Tickets.File;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Tickets;

public sealed class TicketRouterTests : IDisposable
{
    readonly ManualClock clock = new();
    readonly Employees.TemporaryFile list = new("tickets.json", """[{"reference":"INC-1","title":"Till"},{"reference":"77","title":"Seventy-seven"}]""");
    readonly Shelf jira = new("OPS-");
    readonly Shelf redmine = new("#");
    readonly TicketRouter router;

    public TicketRouterTests() => router = Router(jira, redmine);

    public void Dispose() => list.Dispose();

    TicketRouter Router(params ITicketSystem[] systems) => new(
        new TicketFile(Options.Create(new TicketsFileOptions { File = list.FilePath }), clock, NullLogger<TicketFile>.Instance),
        Systems(systems), clock);

    [Fact]
    public async Task The_form_of_a_reference_says_which_system_is_asked()
    {
        (await FoundAsync("OPS-7")).Title.ShouldBe("OPS-7 of OPS-");
        (await FoundAsync("#7")).Title.ShouldBe("#7 of #");
        (jira.Asked, redmine.Asked).ShouldBe((1, 1));
        (await FoundAsync("INC-1")).Title.ShouldBe("Till");
        (await router.FindAsync("lift", default)).ShouldBeOfType<FoundTicket.Unknown>();
        (jira.Asked, redmine.Asked).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("ops — 7", "OPS-7"), InlineData("“#7”", "#7"), InlineData("inc–1", "INC-1"), InlineData("7", "#7"), InlineData("77", "77"), InlineData("lift is stuck", null), InlineData("", null)]
    public void A_reference_is_recognised_by_its_form_alone(string typed, string? reference)
    {
        router.ReferenceIn(typed).ShouldBe(reference);
        (jira.Asked, redmine.Asked).ShouldBe((0, 0));
    }

    // Proofpoint's URL Defense: version 2 writes % as - and / as _; version 3 writes signs as asterisks, whose base64 follows (urldecoder.py 3.0.1).
    [Theory]
    [InlineData("https://urldefense.com/v3/__https://tickets.example.com/issues/7*note-3__;Iw!!AbC-9w!x$"), InlineData("https://urldefense.com/v3/__https:/tickets.example.com/issues/7__;!!AbC-9w!x$")]
    [InlineData("https://urldefense.com/v3/__https://tickets.example.com/issues/7?a=*20b**Ac*__;JSMj4oKs!!AbC-9w!x$"), InlineData("https://urldefense.com/v3/__https://tickets.example.com/issues/7?a=**Ab__;8J-YgCM!!A!x$")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?u=https-3A__tickets.example.com_issues_7-23note-2D3&d=DwMFAg&c=x_y-z&r=1&m=2&s=3&e="), InlineData("https://urldefense.proofpoint.com/v1/url?u=https%3A//tickets.example.com/issues/7&k=x")]
    public void A_link_is_read_through_every_version_of_Proofpoint(string pasted) => WithPages("https://tickets.example.com").ReferenceIn(pasted).ShouldBe("#7");

    [Fact]
    public void Signs_that_Proofpoint_took_out_of_a_link_come_back_into_it()
    {
        LinkWrapping.Undone("https://urldefense.com/v3/__https://a.example/x?a=*20b**Ac*__;JSMj4oKs!!AbC-9w!x$").ShouldBe("https://a.example/x?a=%20b##c€");
        LinkWrapping.Undone("https://urldefense.com/v3/__https://a.example/x*y**Cz__;Iw!!A!x$").ShouldStartWith("https://urldefense.com/", customMessage: "signs are missing, so nobody knows where it leads");
        LinkWrapping.Undone("https://urldefense.com/v3/__https://a.example/x*y__;I!!A!x$").ShouldStartWith("https://urldefense.com/");
    }

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Words_behind_a_wrapped_link_make_it_no_reference_by_itself(string wrapped)
    {
        var router = WithPages("https://tickets.example.com");
        router.ReferenceIn(wrapped).ShouldBe("#7");
        router.ReferenceIn($"{wrapped} the lift is stuck again, call Ann").ShouldBeNull();
        router.ReferenceIn($"{wrapped} and {wrapped}").ShouldBeNull();
        router.ReferenceIn($"{wrapped}\nthe lift").ShouldBeNull();
    }

    public static TheoryData<string> Wrapped =>
    [
        "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&data=05%7C02&reserved=0", "https://slack-redir.net/link?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7",
        "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&locale=en-us", "https://www.google.com/url?q=https://tickets.example.com/issues/7&sa=D",
        "https://urldefense.com/v3/__https://tickets.example.com/issues/7__;!!AbC-9w!x$", "https://urldefense.proofpoint.com/v2/url?u=https-3A__tickets.example.com_issues_7&d=x", "https://tickets.example.com/issues/7",
    ];

    // The forms in which these programs write a link, from their documentation.
    [Theory]
    [InlineData("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&data=05%7C02%7Cann%40example.com%7C1a2b&sdata=x%3D&reserved=0")]
    [InlineData("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&amp;data=05&amp;reserved=0")]
    [InlineData("https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&locale=en-us")]
    [InlineData("https://slack-redir.net/link?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7&v=3"), InlineData("https://www.google.com/url?q=https://tickets.example.com/issues/7&sa=D")]
    [InlineData("https://urldefense.com/v3/__https://tickets.example.com/issues/7__;!!AbC-9w!x$"), InlineData("<https://tickets.example.com/issues/7>")]
    [InlineData("https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fslack-redir.net%2Flink%3Furl%3Dhttps%253A%252F%252Ftickets.example.com%252Fissues%252F7")]
    [InlineData("https://tickets.example.com/issues/7?utm_source=mail&utm_campaign=x#note-3"), InlineData("tickets.example.com/issues/7"), InlineData("HTTPS://Tickets.Example.com/Issues/7/")]
    public void A_link_is_read_through_the_wrapping_of_mail_programs_and_chats(string pasted) => WithPages("https://tickets.example.com").ReferenceIn(pasted).ShouldBe("#7");

    [Theory]
    [InlineData("https://eur01.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7")]
    [InlineData("https://evil.example/?url=https%3A%2F%2Ftickets.example.com%2Fissues%2F7"), InlineData("https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)")]
    [InlineData("https://eur01.safelinks.protection.outlook.com/"), InlineData("https://urldefense.com/v3/__nothing"), InlineData("https://tickets.example.org/issues/7")]
    public void A_link_to_somebody_else_is_no_ticket(string pasted) => WithPages("https://tickets.example.com").ReferenceIn(pasted).ShouldBeNull();

    [Fact]
    public void A_link_is_only_for_the_system_to_whose_pages_it_leads_even_where_one_lies_below_another()
    {
        var router = Router(new Shelf("#", "https://example.com"), new Shelf("L-", "https://example.com/lifts"), new Shelf("T-", "https://example.com/lifts/east"));
        foreach (var (link, reference) in (ReadOnlySpan<(string, string)>)
            [("https://example.com/issues/7", "#7"), ("https://example.com/lifts/issues/7", "L-7"), ("https://example.com/lifts/east/issues/7", "T-7")])
            router.ReferenceIn(link).ShouldBe(reference);
        router.ReferenceIn("https://example.com/lifts/nothing/7").ShouldBeNull();
    }

    [Theory]
    [InlineData("ＯＰＳ－７", "OPS-7"), InlineData("#１２３", "#123"), InlineData("# ７", "#7"), InlineData("＃٧", "#7"), InlineData("ops 7", "OPS-7"), InlineData("\u2068#7\u2069", "#7"), InlineData("#7.", "#7"), InlineData("»OPS‑7«", "OPS-7")]
    public void A_reference_is_read_as_telephones_and_writing_aids_write_it(string typed, string reference) => router.ReferenceIn(typed).ShouldBe(reference);

    TicketRouter WithPages(string address) => Router(jira, new Shelf("#", address));

    [Fact]
    public void Digits_alone_mean_nothing_if_two_systems_have_numbers() => Router(redmine, new Shelf("RT-")).ReferenceIn("7").ShouldBeNull();

    // Some systems link to pages that are not their own.
    [Fact]
    public async Task The_system_that_answered_is_noted_and_stays_the_owner_whatever_the_link_or_the_settings_say()
    {
        var (first, second) = (new Shelf("#", "https://first.example.com", "first"), new Shelf("#", "https://second.example.com", "second"));
        first.Answer = Task.FromResult<FoundTicket>(new FoundTicket.Unknown());
        second.Answer = Task.FromResult<FoundTicket>(new FoundTicket.Found(new("#7", "Lift", Link: "https://first.example.com/issues/7")));
        var ticket = (await Router(first, second).FindAsync("#7", default)).ShouldBeOfType<FoundTicket.Found>().Ticket;
        ticket.System.ShouldBe("second");
        Systems(first, second).Of(ticket).ShouldBe(second);
        Systems(first).Of(ticket).ShouldBeNull("another system has another ticket of this number");
        Systems(first, new Shelf("L-", null, "SECOND")).Of(ticket).ShouldNotBeNull().Name.ShouldBe("SECOND", "names in the environment may have any case");
    }

    [Fact]
    public async Task A_ticket_of_the_file_is_in_no_system_even_when_the_file_has_lost_it()
    {
        var ticket = (await Router(redmine).FindAsync("77", default)).ShouldBeOfType<FoundTicket.Found>().Ticket;
        ticket.System.ShouldBe("");
        Systems(redmine).Of(ticket).ShouldBeNull();
    }

    // Dispatches that began before the system was noted.
    [Fact]
    public void A_stored_ticket_without_its_system_is_the_one_s_to_whose_pages_it_links_or_else_the_first_one_s_also_if_it_is_digits_alone()
    {
        var (bare, other) = (new Shelf("", "https://first.example.com", "first"), new Shelf("#", "https://second.example.com", "second"));
        Systems(bare, other).Of(new("7", "Lift")).ShouldBe(bare);
        Systems(bare, other).Of(new("7", "Lift", Link: "https://second.example.com/issues/7")).ShouldBe(other);
        Router(bare, other).ReferenceIn("7").ShouldBeNull("typed digits may mean either");
    }

    TicketSystems Systems(params ITicketSystem[] systems) => new(systems.Select(each => new TicketSystemFactory(() => each)), clock);

    [Fact]
    public async Task A_ticket_that_was_read_stays_known_for_as_long_as_a_dialog_stays_open()
    {
        await FoundAsync("OPS-7");
        jira.Answer = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it is down"));
        (await FoundAsync("OPS-7")).Title.ShouldBe("OPS-7 of OPS-");
        clock.Advance(TicketRouter.Memory);
        (await router.FindAsync("OPS-7", default)).ShouldBe(new FoundTicket.Unavailable("it is down"));
    }

    [Fact]
    public async Task A_ticket_that_was_read_is_not_waited_for_while_its_system_is_slow()
    {
        await FoundAsync("OPS-7");
        jira.Answer = new TaskCompletionSource<FoundTicket>().Task;
        var asking = router.FindAsync("OPS-7", default);
        clock.Advance(TimeSpan.FromSeconds(1.2));
        (await asking).ShouldBeOfType<FoundTicket.Found>();
    }

    [Fact]
    public async Task A_ticket_that_is_gone_is_not_remembered()
    {
        await FoundAsync("OPS-7");
        jira.Answer = Task.FromResult<FoundTicket>(new FoundTicket.Unknown());
        (await router.FindAsync("OPS-7", default)).ShouldBeOfType<FoundTicket.Unknown>();
    }

    [Fact]
    public async Task Open_tickets_are_suggested_without_waiting_for_any_system()
    {
        var slow = new TaskCompletionSource<IReadOnlyList<Ticket>?>();
        jira.List = slow.Task;
        (await router.SuggestAsync("", 10, default)).Select(each => each.Reference).ShouldBe(["INC-1", "77"], ignoreOrder: true);
        slow.SetResult([new("OPS-9", "Backup")]);
        while ((await router.SuggestAsync("", 10, default)).All(each => each.Reference != "OPS-9"))
            await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(59));
        await router.SuggestAsync("", 10, default);
        jira.Listed.ShouldBe(1, "a list is a minute old before it is asked for again");
    }

    [Fact]
    public async Task Typed_words_are_searched_for_once_a_second_at_most()
    {
        jira.List = Task.FromResult<IReadOnlyList<Ticket>?>([new("OPS-9", "Backup failed")]);
        redmine.List = Task.FromResult<IReadOnlyList<Ticket>?>(null);
        (await router.SuggestAsync("backup", 10, default)).ShouldContain(each => each.Reference == "OPS-9");
        var searched = jira.Words.Count(each => each.Length > 0);
        await router.SuggestAsync("backup f", 10, default);
        await router.SuggestAsync("ba", 10, default);
        jira.Words.Count(each => each.Length > 0).ShouldBe(searched);
    }

    async Task<Ticket> FoundAsync(string reference) => (await router.FindAsync(reference, default)).ShouldBeOfType<FoundTicket.Found>().Ticket;

    sealed class Shelf(string prefix, string? pages = null, string? name = null) : ITicketSystem
    {
        public string Name => name ?? prefix;

        public Uri? Root => pages is null ? null : new(pages);

        public string Host => "localhost";

        public int Asked { get; private set; }

        public int Listed => Words.Count;

        public List<string> Words { get; } = [];

        public Task<FoundTicket>? Answer { get; set; }

        public Task<IReadOnlyList<Ticket>?> List { get; set; } = Task.FromResult<IReadOnlyList<Ticket>?>([]);

        public string? ReferenceIn(string text) => pages is not null && new WebPage(new(pages)).Find(text, new Regex(@"^issues/(\d+)(?:[/?#]|$)", RegexOptions.IgnoreCase)) is { } linked ? prefix + linked
            : prefix == "OPS-" && TypedText.IsBareNumber(text) ? null : TypedText.NumberIn(text.Replace(" ", "", StringComparison.Ordinal), prefix, "nothing") is { } number ? prefix + number : null;

        public Task<FoundTicket> FindAsync(string reference, CancellationToken ct)
        {
            Asked++;
            return Answer ?? Task.FromResult<FoundTicket>(new FoundTicket.Found(new(reference, $"{reference} of {prefix}")));
        }

        public Task<IReadOnlyList<Ticket>?> ListAsync(string words, int most, CancellationToken ct)
        {
            lock (Words)
                Words.Add(words);
            return List;
        }

        public Task<SystemCheck> CheckAsync(CancellationToken ct) => Task.FromResult<SystemCheck>(new SystemCheck.Known("x"));
    }
}
