using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Teams;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

/// <summary>Cards and updates to post.</summary>
internal static class TeamsSample
{
    public const string Tenant = "22222222-0000-4000-8000-000000000002";
    public const string Channel = "19:aa@thread.tacv2";
    public const string GroupChat = "19:cc@thread.v2";
    public const string Object = "11111111-0000-4000-8000-000000000001";
    public const string ServiceUrl = "https://smba.trafficmanager.net/amer/";
    public const string Bot = "28:bot";

    public static readonly ChatChannel Ops = TeamsAddress.Channel(Tenant, Channel);
    public static readonly Person Dana = TeamsAddress.Person(Tenant, Object, "29:dana", "Dana Fox");
    public static readonly DispatchId Id = new("abc234");
    public static readonly ChatThread Thread = new(Ops, new TeamsMessageId(Channel, "1795", "1795").ToString());

    public static readonly DispatchCard Card = new(
        Id, new("INC-1042", "Lift 2 is stuck", "Two people inside.", "High", "Tower B", "https://tickets.example/INC-1042"), "Use gate B", Dana, CardStatus.Calling, "Ringing Ann Lee, attempt 1 of 3.",
        new DateTimeOffset(2026, 1, 5, 9, 0, 25, TimeSpan.Zero), "Marcus Reed",
        [new("Ann Lee", true, [CallOutcome.NoAnswer, CallOutcome.NoAnswer, null], "Now"), new("Marcus Reed", false, [], "Not called yet")],
        [new(CardAction.TakeIt, "I take it"), new(CardAction.Skip, "Skip", 0, 1), new(CardAction.Cancel, "Cancel")], false);

    public static readonly DispatchCard Accepted = Card with
    {
        Status = CardStatus.Accepted,
        Headline = "Ann Lee accepted by phone.",
        Until = null,
        Next = null,
        IsClosed = true,
        People = [new("Ann Lee", false, [CallOutcome.NoAnswer, CallOutcome.Busy, CallOutcome.Accepted], "Accepted"), new("Marcus Reed", false, [], "Not called yet")],
        Buttons = [new(CardAction.Done, "Done"), new(CardAction.Redispatch, "Re-dispatch")],
    };

    public static readonly ThreadUpdate Update = new("abc234-3-4", [new(Tone.Plain, "Ann Lee answered."), new(Tone.Good, "Accepted: Ann Lee pressed 1.", Dana)], AlsoInChannel: true);
}
