using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Lists;
using FsCheck;
using FsCheck.Fluent;

namespace BotDispatch.Tests.Employees.Lists;

public sealed class ListOrderingTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    static readonly ImmutableArray<ListOrder> Orders = [.. Enum.GetValues<ListOrder>()];

    [Fact]
    public void The_first_is_said_to_be_the_one_who_was_not_called_for_the_longest_time() => Of(ListOrder.LongestSinceCalled,
        Who("bob", called: 12), Who("ann", called: 19, words: "On shift until 08:00 (UTC)"), Who("eve", called: 25, words: "Off shift until Mon 08:00 (UTC)", isOff: true))
        .ShouldBe(
        [
            "ann first: on shift until 08:00 (UTC), longest since last called (19 days)",
            "bob second: last called 12 days ago",
            "eve not now: off shift until Mon 08:00 (UTC), last called 25 days ago",
        ]);

    [Fact]
    public void Somebody_who_was_never_called_comes_before_everybody_else() => Of(ListOrder.LongestSinceCalled, Who("ann", called: 300), Who("bob"))
        .ShouldBe(["bob first: not called before", "ann second: last called 300 days ago"]);

    [Fact]
    public void A_skill_that_the_ticket_needs_comes_first_where_the_list_says_so() => ListOrdering.Of(ListOrder.LongestSinceAccepted, true,
        [Who("ann", accepted: 5), Who("bob", accepted: 2) with { Needed = ["lifts"] }], Now).Select(each => each.Sentence).ShouldBe(
        ["first: lifts, last accepted a job 2 days ago", "second: longest since last accepted a job (5 days)"]);

    [Fact]
    public void The_fewest_calls_of_the_month_come_first() => Of(ListOrder.FewestCallsThisMonth, Who("ann", calls: 4), Who("bob", calls: 1), Who("eve", calls: 2))
        .ShouldBe(["bob first: fewest calls this month (1)", "eve second: 2 calls this month", "ann third: 4 calls this month"]);

    [Fact]
    public void Without_an_order_people_are_called_as_they_are_listed() => Of(ListOrder.AsListed, Who("bob"), Who("ann"))
        .ShouldBe(["bob first: as listed", "ann second: as listed"]);

    [Fact]
    public void The_same_facts_give_the_same_order_and_the_same_sentences() => InEveryList((order, skillsFirst, people) =>
        ListOrdering.Of(order, skillsFirst, people, Now).ShouldBe(ListOrdering.Of(order, skillsFirst, [.. people.Select(each => each with { })], Now)));

    [Fact]
    public void Nobody_who_cannot_be_called_stands_before_somebody_who_can() => InEveryList((order, skillsFirst, people) =>
    {
        var listed = ListOrdering.Of(order, skillsFirst, people, Now);
        listed.Length.ShouldBe(people.Length);
        listed.Select(each => each.IsAvailable).ShouldBe(listed.Select(each => each.IsAvailable).OrderDescending());
        foreach (var (place, each) in listed.Index())
            each.Sentence.ShouldStartWith(each.IsAvailable ? Words.Ordinal(place + 1) : "not now");
    });

    [Fact]
    public void A_sentence_claims_only_what_the_facts_say() => InEveryList((order, skillsFirst, people) =>
    {
        var available = people.Where(each => each.Availability.IsAvailable).ToList();
        foreach (var listed in ListOrdering.Of(order, skillsFirst, people, Now))
        {
            var facts = people.Single(each => each.Employee.Id == listed.Id);
            var (called, accepted, count) = facts.Calls;
            if (listed.Sentence.Contains("longest since last called"))
                available.ShouldAllBe(other => other.Calls.LastCalled >= called);
            if (listed.Sentence.Contains("longest since last accepted"))
                available.ShouldAllBe(other => other.Calls.LastAccepted >= accepted);
            if (listed.Sentence.Contains("fewest calls this month"))
                available.ShouldAllBe(other => other.Calls.Counted >= count);
            if (listed.Sentence.Contains("not called before"))
                called.ShouldBeNull();
            if (listed.Sentence.Contains("not accepted a job before"))
                accepted.ShouldBeNull();
            foreach (var skill in facts.Skills.Concat(skillsFirst ? facts.Needed : []))
                listed.Sentence.ShouldContain(skill);
            if (facts.Availability.Words is { } words)
                listed.Sentence.ShouldContain(char.ToLowerInvariant(words[0]) + words[1..]);
        }
    });

    /// <summary>Each day the first of those who are available that day is called.</summary>
    [Fact]
    public void Nobody_is_left_out_for_ever_where_the_longest_without_a_call_comes_first() => InEveryList((_, _, people) =>
    {
        var turns = people.ToDictionary(each => each.Employee.Id, _ => 0);
        var calls = people.ToDictionary(each => each.Employee.Id, each => each.Calls);
        for (var day = 1; day <= 3 * people.Length; day++)
        {
            var today = people.Select(each => each with { Availability = Ports.Availability.Always, Calls = calls[each.Employee.Id] });
            var first = ListOrdering.Of(ListOrder.LongestSinceCalled, false, [.. today], Now.AddDays(day))[0].Id;
            turns[first]++;
            calls[first] = new(Now.AddDays(day), null, 0);
        }
        turns.Values.ShouldAllBe(times => times == 3);
    });

    static void InEveryList(Action<ListOrder, bool, ImmutableArray<ListCandidate>> keepsItsPromise)
    {
        var person = from called in Gen.Choose(-1, 40)
                     from accepted in Gen.Choose(-1, 40)
                     from calls in Gen.Choose(0, 4)
                     from isOff in Gen.Elements(true, false)
                     from words in Gen.Elements(null, "On shift until 08:00 (UTC)", "Quiet hours until 07:00 (UTC)")
                     from skills in Gen.Elements<ImmutableArray<string>>([], ["lifts"], ["lifts", "electrics"])
                     from needed in Gen.Elements<ImmutableArray<string>>([], ["lifts"])
                     select Who("", called < 0 ? null : called, accepted < 0 ? null : accepted, calls, isOff ? words ?? "Away" : words, isOff) with { Skills = skills, Needed = needed };
        var lists = from order in Gen.Elements(Orders.ToArray())
                    from skillsFirst in Gen.Elements(true, false)
                    from count in Gen.Choose(1, 9)
                    from people in person.ArrayOf(count)
                    select (order, skillsFirst, People: people);
        Prop.ForAll(lists.ToArbitrary(), each => keepsItsPromise(each.order, each.skillsFirst,
                [.. each.People.Select((one, n) => one with { Employee = one.Employee with { Id = new($"p{n}") } })]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260302, 1));
    }

    static IEnumerable<string> Of(ListOrder order, params ImmutableArray<ListCandidate> people) =>
        ListOrdering.Of(order, false, people, Now).Select(each => $"{each.Id} {each.Sentence}");

    static ListCandidate Who(string id, int? called = null, int? accepted = null, int calls = 0, string? words = null, bool isOff = false) => new(
        new(new(id), id, null, "+447700900100", "en-GB", "UTC", []), new(!isOff, words, isOff ? Now.AddHours(1) : null),
        new(called is { } days ? Now.AddDays(-days) : null, accepted is { } ago ? Now.AddDays(-ago) : null, calls), [], [], null);
}
