using BotDispatch.Employees.Lists;
using BotDispatch.Files;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Employees.Lists;

public sealed class ListReaderTests
{
    const string Whole = """
        - list: lifts
          name: Lift engineers
          description: Lifts that are stuck
          members: [ann, bob@example.com]
          skill: lifts
          rotation: Lifts
          order: Longest since called
          skills first: yes
          policy:
            attempts: 2
            retry pause: 30 s
            ring timeout: 20 s
            round pause: 1 min
            rounds: 3
            give up after: 45 min
          then: everyone
          tell: [operations, ops@example.com]
          rest: 8 hours
          most calls per night: 3
        - list: everyone
          members: everybody

        """;

    [Theory]
    [InlineData("lists.yaml")]
    [InlineData("lists.json")]
    public void A_list_has_people_an_order_a_policy_and_a_list_that_follows(string name)
    {
        var content = ListReader.ParserFor(name)!(name.EndsWith("json", StringComparison.Ordinal) ? Json : Whole);
        content.Problems.ShouldBeEmpty();
        var lifts = content.Items[0];
        (lifts.List.Id, lifts.List.Name, lifts.List.Description, lifts.List.Then).ShouldBe(("lifts", "Lift engineers", "Lifts that are stuck", "everyone"));
        lifts.List.Tell.ShouldBe(["operations", "ops@example.com"]);
        lifts.Members.ShouldBe(["ann", "bob@example.com"]);
        lifts.Skills.ShouldBe(["lifts"]);
        (lifts.Rotation, lifts.Order, lifts.SkillsFirst, lifts.IsEverybody).ShouldBe(("Lifts", ListOrder.LongestSinceCalled, true, false));
        lifts.List.Policy.ShouldBe(new ListPolicy
        {
            Attempts = 2,
            RetryPause = TimeSpan.FromSeconds(30),
            RingTimeout = TimeSpan.FromSeconds(20),
            RoundPause = TimeSpan.FromMinutes(1),
            Rounds = 3,
            GiveUpAfter = TimeSpan.FromMinutes(45),
            Rest = TimeSpan.FromHours(8),
            MostCallsPerNight = 3,
        });
        var everyone = content.Items[1];
        (everyone.IsEverybody, everyone.Order, everyone.List.Name).ShouldBe((true, ListOrder.AsListed, "everyone"));
        everyone.List.Policy.ShouldBe(new ListPolicy());
    }

    [Fact]
    public void A_list_that_is_followed_by_another_calls_everybody_once_unless_it_says_more()
    {
        var items = Read("""
            - {list: a, members: x, then: c}
            - {list: b, members: x, then: c, policy: {give up after: 10 min}}
            - {list: c, members: x}
            """).Items;
        items.Select(each => each.List.Policy.Rounds).ShouldBe([1, null, null]);
    }

    [Fact]
    public void A_list_with_a_rotation_goes_by_it_unless_it_says_otherwise() => Read("""
        - {list: a, rotation: Lifts}
        - {list: b, rotation: Lifts, order: as listed}
        """).Items.Select(each => each.Order).ShouldBe([ListOrder.Rotation, ListOrder.AsListed]);

    [Theory]
    [InlineData("list: lifts", "there is nobody on it: write members (their ids or emails, or everybody), skill or rotation.")]
    [InlineData("{members: ann}", "list is missing: write the word that people type, as lifts.")]
    [InlineData("{list: '12', members: ann}", "list and name must be words with at most 60 characters.")]
    [InlineData("{list: call now, members: ann}", "list must not end with now, which starts a dispatch at once.")]
    [InlineData("{list: lifts, members: ann, order: by mood}", "order is none of as listed, rotation, longest since called, longest since accepted, fewest calls this month.")]
    [InlineData("{list: lifts, members: ann, order: rotation}", "order is rotation, so rotation must name a rotation of the schedule.")]
    [InlineData("{list: lifts, members: ann, skills first: perhaps}", "skills first is neither true nor false.")]
    [InlineData("{list: lifts, members: ann, rest: 8}", "rest is not a time between 0 s and 7 d; write it with its unit, as 20 s, 2 min or 8 hours.")]
    [InlineData("{list: lifts, members: ann, most calls per night: many}", "most calls per night is not a whole number between 0 and 50.")]
    [InlineData("{list: lifts, members: ann, policy: {attempts: 21}}", "attempts is not a whole number between 1 and 20.")]
    [InlineData("{list: lifts, members: ann, policy: {patience: 3}}", "there is a field that no policy has; it has attempts, retry pause, ring timeout, round pause, rounds, give up after.")]
    [InlineData("{list: lifts, members: ann, policy: hard}", "policy has fields of its own: attempts, retry pause, ring timeout, round pause, rounds, give up after.")]
    [InlineData("{list: lifts, people: ann}", "there is a field that no list has; it has list, name, description, members, skill, skills, rotation, order, skills first, policy, then, tell, rest, most calls per night.")]
    [InlineData("just words", "a list with fields is expected here.")]
    public void A_bad_list_is_named_by_its_line_and_the_others_are_used(string entry, string problem)
    {
        var content = Read($"- {{list: good, members: ann}}\n- {entry}\n");
        content.Items.Select(each => each.List.Id).ShouldBe(["good"]);
        content.Problems.ShouldBe([new FileProblem(2, problem)]);
    }

    [Fact]
    public void Two_lists_of_one_name_are_one_and_the_second_is_named() => Read("""
        - {list: lifts, name: Engineers, members: ann}
        - {list: ENGINEERS, members: bob}
        """).Problems.ShouldBe([new FileProblem(2, "another list has this id or name.")]);

    [Fact]
    public void A_list_whose_successor_is_missing_or_leads_back_is_named_and_still_used()
    {
        var content = Read("""
            - {list: a, members: x, then: nowhere}
            - {list: b, members: x, then: c}
            - {list: c, members: x, then: b}
            """);
        content.Items.Length.ShouldBe(3);
        content.Problems.Select(each => (each.Line, each.What)).ShouldBe(
        [
            (1, "then names no list of this file, so nobody is called after this list."),
            (2, "then leads back to a list that was called before; it is not called again."),
            (3, "then leads back to a list that was called before; it is not called again."),
        ]);
    }

    [Theory]
    [InlineData("lists.txt", "", "Employees:Lists is", "its name must end in .yaml, .yml or .json.")]
    [InlineData("lists.yaml", "- {list: lifts}\n", "Employees:Lists: ", "line 1: there is nobody on it: write members (their ids or emails, or everybody), skill or rotation.")]
    public void The_process_does_not_start_with_a_file_without_a_usable_list(string name, string text, string begins, string ends)
    {
        using var file = new TemporaryFile(name, text);
        var failure = new ListOptionsValidator().Validate(null, new() { Lists = file.FilePath }).Failures.ShouldNotBeNull().ShouldHaveSingleItem();
        failure.ShouldStartWith(begins);
        failure.ShouldEndWith(ends);
    }

    static FileContent<ListEntry> Read(string yaml) => ListReader.ParserFor("lists.yaml")!(yaml);

    const string Json = """
        [
          {"list":"lifts","name":"Lift engineers","description":"Lifts that are stuck","members":["ann","bob@example.com"],"skill":"lifts",
           "rotation":"Lifts","order":"Longest since called","skills first":true,
           "policy":{"attempts":2,"retry pause":"30 s","ring timeout":"20 s","round pause":"1 min","rounds":3,"give up after":"45 min"},
           "then":"everyone","tell":["operations","ops@example.com"],"rest":"8 hours","most calls per night":3},
          {"list":"everyone","members":"everybody"}
        ]
        """;
}
