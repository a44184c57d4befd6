namespace BotDispatch.Tests.Employees.Graph;

/// <summary>The members of a group of Microsoft Entra as employees. It is Monday 5 January 2026, 09:00 UTC.</summary>
public sealed class GraphPeopleTests
{
    [Fact]
    public async Task The_members_of_a_group_are_employees_with_mobile_before_business_phone()
    {
        await using var graph = await PretendGraph.StartAsync();
        graph.Pages[0].AddRange(
        [
            PretendGraph.User("ann", "Ann Lee", "+44 7700 900101", "+44 20 7946 0001", language: "en-GB"),
            PretendGraph.User("ben", "Ben Adams", business: "020 7946 0002"),
            PretendGraph.User("cem", "Cem Kaya", "ask the front desk", "+44 20 7946 0003"),
            PretendGraph.User("dan", "Dan Webb", "ask the front desk"),
        ]);
        graph.Mailboxes["ann"] = PretendGraph.Mailbox("GMT Standard Time");
        graph.Mailboxes["ben"] = PretendGraph.Mailbox("Europe/Berlin");
        var people = await graph.ReadAsync();
        people.Select(each => (each.Name, each.Email, each.Phone, each.TimeZone, each.Language)).ShouldBe(
        [
            ("Ann Lee", "ann@example.com", "+447700900101", "Europe/London", "en-GB"),
            ("Ben Adams", "ben@example.com", "+442079460002", "Europe/Berlin", "de-DE"),
            ("Cem Kaya", "cem@example.com", "+442079460003", "UTC", "en-GB"),
            ("Dan Webb", "dan@example.com", null, "UTC", "en-GB"),
        ]);
        people[3].PhoneProblem.ShouldNotBeNull();
        people.ShouldAllBe(each => each.Hours == null);
        graph.People.Notices().ShouldBeEmpty();
        var list = graph.Requests.Single(each => each.Target.Contains("transitiveMembers", StringComparison.Ordinal));
        list.Headers["ConsistencyLevel"].ShouldBe("eventual");
        list.Target.ShouldContain("$count=true");
        list.Authorization.ShouldBe("Bearer token-1");
        graph.Requests.First().Body.ShouldBe("grant_type=client_credentials&client_id=5c7a2c1e-0f6d-4a40-9c7a-000000000001&client_secret=s3cret~value&scope="
            + Uri.EscapeDataString(graph.Options.GraphBaseAddress!.GetLeftPart(UriPartial.Authority) + "/.default"));
    }

    [Fact]
    public async Task Disabled_accounts_are_left_out()
    {
        await using var graph = await WithAnnAsync();
        graph.Pages[0].Add(PretendGraph.User("old", "Old Timer", "+44 7700 900102", isEnabled: false));
        (await graph.ReadAsync()).ShouldHaveSingleItem().Name.ShouldBe("Ann Lee");
        graph.Requests.Single(each => each.Target.EndsWith("$batch", StringComparison.Ordinal)).Body.ShouldNotContain("old");
    }

    [Fact]
    public async Task Every_page_is_read_and_mailboxes_twenty_at_once()
    {
        await using var graph = await PretendGraph.StartAsync();
        graph.Pages.Clear();
        for (var page = 0; page < 3; page++)
            graph.Pages.Add([.. Enumerable.Range(page * 15, 15).Select(n => PretendGraph.User($"n{n}", $"Person {n}"))]);
        for (var n = 0; n < 45; n++)
            graph.Mailboxes[$"n{n}"] = PretendGraph.Mailbox(n == 44 ? "Tokyo Standard Time" : "W. Europe Standard Time");
        var people = await graph.ReadAsync();
        people.Length.ShouldBe(45);
        people[43].TimeZone.ShouldBe("Europe/Berlin");
        people[44].TimeZone.ShouldBe("Asia/Tokyo");
        graph.Requests.Count(each => each.Target.EndsWith("$batch", StringComparison.Ordinal)).ShouldBe(3);
        graph.Requests.Where(each => each.Target.Contains("transitiveMembers", StringComparison.Ordinal)).ShouldAllBe(each => each.Headers["ConsistencyLevel"] == "eventual");
    }

    [Theory]
    [InlineData("https://graph.example.org/v1.0/groups")]
    [InlineData("//graph.example.org/next")]
    [InlineData("not an address")]
    public async Task A_next_page_at_another_server_is_refused_and_the_last_copy_stays(string link)
    {
        await using var graph = await WithAnnAsync();
        await graph.ReadAsync();
        graph.Pages.Add([PretendGraph.User("ben", "Ben Adams")]);
        graph.NextLink = link;
        (await graph.ReadAsync()).ShouldHaveSingleItem().Name.ShouldBe("Ann Lee");
        graph.People.Notices().ShouldHaveSingleItem().ShouldBe(
            "Employees:GraphGroup: people cannot be read, because the next page is at another server, to which the token is not sent; the copy in use is 0 min old.");
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end_and_the_last_copy_stays()
    {
        await using var graph = await WithAnnAsync();
        await graph.ReadAsync();
        graph.Pages.Add([]);
        graph.NextLink = $"{graph.Options.GraphBaseAddress}/groups/{PretendGraph.Group}/transitiveMembers/microsoft.graph.user?$count=true";
        (await graph.ReadAsync()).Length.ShouldBe(1);
        graph.Requests.Count(each => each.Target.Contains("transitiveMembers", StringComparison.Ordinal)).ShouldBe(51);
        graph.People.Notices().Single().ShouldContain("too many pages");
    }

    [Theory]
    [InlineData("""{"value":[{"id":"ann","displayName":"Ann""")]
    [InlineData("""{"error":null}""")]
    public async Task A_second_page_that_cannot_be_read_never_takes_the_place_of_the_whole_list(string body)
    {
        await using var graph = await WithAnnAsync();
        graph.Pages.Add([PretendGraph.User("ben", "Ben Adams")]);
        (await graph.ReadAsync()).Length.ShouldBe(2);
        for (var n = 0; n < 4; n++)
            graph.Next.Add(("skiptoken", 200, body, []));
        (await graph.ReadAsync()).Length.ShouldBe(2);
        graph.People.Notices().Single().ShouldContain("people cannot be read");
    }

    [Theory]
    [InlineData(429, "17", 17)]
    [InlineData(503, "Mon, 05 Jan 2026 09:01:00 GMT", 60)]
    [InlineData(504, null, 5)]
    public async Task Graph_that_asks_to_wait_is_waited_for(int status, string? retryAfter, int seconds)
    {
        await using var graph = await WithAnnAsync();
        graph.Next.Add(("transitiveMembers", status, "{}", retryAfter is null ? [] : [("Retry-After", retryAfter)]));
        (await graph.ReadAsync()).ShouldHaveSingleItem();
        graph.Waits.ShouldBe([TimeSpan.FromSeconds(seconds)]);
    }

    [Fact]
    public async Task A_wait_of_an_hour_is_not_waited_for_and_a_server_that_always_fails_is_asked_four_times()
    {
        await using var graph = await WithAnnAsync();
        await graph.ReadAsync();
        graph.Next.Add(("transitiveMembers", 429, "{}", [("Retry-After", "3600")]));
        (await graph.ReadAsync()).Length.ShouldBe(1);
        graph.People.Notices().Single().ShouldContain("because Microsoft Graph asks to wait");
        graph.Waits.ShouldBeEmpty();
        for (var n = 0; n < 4; n++)
            graph.Next.Add(("transitiveMembers", 500, "{}", []));
        (await graph.ReadAsync()).Length.ShouldBe(1);
        graph.People.Notices().Single().ShouldContain("status 500 again and again");
        graph.Next.ShouldBeEmpty();
        graph.Waits.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_is_used_until_it_expires_and_a_refused_one_is_replaced_once()
    {
        await using var graph = await WithAnnAsync();
        await graph.ReadAsync();
        await graph.ReadAsync();
        Tokens().ShouldBe(1);
        graph.Next.Add(("transitiveMembers", 401, """{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed, the token is expired."}}""", []));
        await graph.ReadAsync();
        Tokens().ShouldBe(2);
        graph.Requests.Last().Authorization.ShouldBe("Bearer token-2");
        graph.Clock.Advance(TimeSpan.FromHours(1));
        await graph.ReadAsync();
        Tokens().ShouldBe(3);
        graph.People.Notices().ShouldBeEmpty();
        for (var n = 0; n < 2; n++)
            graph.Next.Add(("transitiveMembers", 401, "{}", []));
        (await graph.ReadAsync()).Length.ShouldBe(1);
        Tokens().ShouldBe(4);
        graph.People.Notices().Single().ShouldContain("does not accept the app's token");

        int Tokens() => graph.Requests.Count(each => each.Target.EndsWith("/token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, "because the app lacks the application permission GroupMember.Read.All, or User.Read.All: add both to the app and grant admin consent")]
    [InlineData(404, "because there is no group with that object id in the tenant of Employees:GraphTenantId")]
    public async Task A_missing_permission_or_group_is_named(int status, string because)
    {
        await using var graph = await WithAnnAsync();
        graph.Next.Add(("transitiveMembers", status, """{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}""", []));
        (await graph.ReadAsync()).ShouldBeEmpty();
        graph.People.Notices().ShouldBe([$"Employees:GraphGroup: people cannot be read, {because}; nobody could be read from it yet."]);
    }

    [Fact]
    public async Task Members_without_names_mean_that_users_may_not_be_read()
    {
        await using var graph = await WithAnnAsync();
        graph.Pages[0].Add(new() { ["@odata.type"] = "#microsoft.graph.user", ["id"] = "ben", ["displayName"] = null, ["userPrincipalName"] = null });
        (await graph.ReadAsync()).ShouldBeEmpty();
        graph.People.Notices().Single().ShouldContain("User.Read.All");
    }

    [Theory]
    [InlineData(401, 7000215, "Employees:GraphClientSecret is not the app's secret: the secret's value is meant, not its id (AADSTS7000215)")]
    [InlineData(400, 700016, "Employees:GraphClientId is not known in the tenant of Employees:GraphTenantId (AADSTS700016)")]
    public async Task A_token_that_is_refused_names_the_setting_and_repeats_nothing_of_the_answer(int status, int code, string words)
    {
        await using var graph = await WithAnnAsync();
        graph.Next.Add(("/token", status, $$"""{"error":"invalid_client","error_description":"AADSTS{{code}}: s3cret~value","error_codes":[{{code}}]}""", []));
        await graph.ReadAsync();
        graph.People.Notices().Single().ShouldBe($"Employees:GraphGroup: people cannot be read, because {words}; nobody could be read from it yet.");
    }

    [Fact]
    public async Task An_empty_group_is_said_and_makes_nobody_vanish()
    {
        await using var graph = await WithAnnAsync();
        await graph.ReadAsync();
        graph.Pages[0].Clear();
        (await graph.ReadAsync()).Length.ShouldBe(1);
        graph.People.Notices().Single().ShouldContain("there is nobody in it");
    }

    static async Task<PretendGraph> WithAnnAsync()
    {
        var graph = await PretendGraph.StartAsync();
        graph.Pages[0].Add(PretendGraph.User("ann", "Ann Lee", "+44 7700 900101"));
        return graph;
    }
}
