using BotDispatch.Alerts;
using BotDispatch.Core;
using BotDispatch.Hosting;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Hosting;

public sealed class AlertRouteCheckTests
{
    static readonly Employee Ann = new(new("ann.lee"), "Ann Lee", "ann@example.com", "+4930123456", "en-GB", "Europe/Berlin", []);
    static readonly Employee Nophone = new(new("no.phone"), "No Phone", null, null, "en-GB", "Europe/Berlin", [], PhoneProblem: "has no phone number");
    static readonly NamedList Lifts = new("lifts", "Lift people", null, new(), null, []);

    static IReadOnlyList<string> Of(string routes, IReadOnlyList<Employee>? everybody) =>
        [.. AlertRouteCheck.Of("routes.yaml", RouteReader.Parse(routes, text => text.StartsWith("slack:", StringComparison.Ordinal) ? new("slack", "C1") : null, hasDefault: true).Items,
            [Lifts], everybody, platform => platform != "slack")];

    [Fact]
    public void A_route_to_a_list_or_to_people_that_do_not_exist_is_named_with_its_line()
    {
        Of("""
            - match: { a: b }
              to: lifts
            - match: { a: c }
              to: Lift People
            - match: { a: d }
              to: doors
            - match: { a: e }
              people: [ann.lee, nobody.known]
            - match: { a: f }
              people: [no.phone]
            - match: { a: g }
              people: [ANN@example.com]
            - ignore: true
            """, [Ann, Nophone]).ShouldBe(
        [
            "Alerts:Routes: routes.yaml, line 5: there is no list doors, so these alerts call nobody. Lists: lifts.",
            "Alerts:Routes: routes.yaml, line 7: nobody.known is not in the employee directory.",
            $"Alerts:Routes: routes.yaml, line 9: no.phone cannot be phoned: {Nophone.CannotBePhoned!.TrimEnd('.')}, so these alerts call nobody.",
        ]);
    }

    [Fact]
    public void People_of_a_directory_that_is_asked_only_after_the_start_are_not_judged_and_a_channel_of_a_chat_that_is_off_is_named()
    {
        Of("- people: [nobody.known]\n", null).ShouldBeEmpty();
        Of("- to: lifts\n  channel: slack:T1/C1\n", null).ShouldHaveSingleItem().ShouldStartWith("Alerts:Routes: routes.yaml, line 1: channel is a channel of Slack, which is not set up");
    }
}
