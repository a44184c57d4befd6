using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

/// <summary>Every view and private message that the adapter can draw: short, long, hostile and with many people, in one place for the tests that check or render them.</summary>
internal static class SlackViews
{
    /// <summary>What somebody would write who wants to ping, link, format or break something.</summary>
    public const string Hostile = "<!channel> <@U0EVE> <https://evil.example|bank> *bold* _it_ ~no~ `code` :bomb: &amp; @here #general \"}]\\ \u202Eevil ends";

    public static Ticket Lift { get; } = new("INC-1042", "Lift 2 is stuck", "Between floors 3 and 4. Two people inside.\nCall the desk first.", "High", "Building B", "https://tickets.example.com/INC-1042?a=1&b=2");

    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly string Emoji = string.Concat(Enumerable.Repeat("🛗", 2000));
    static readonly string Ampersands = new('&', 4000);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = new Dictionary<string, JsonObject>
    {
        ["loading"] = LoadingView.Of("abcdefgh").AsObject(),
        ["loading in place"] = LoadingView.Of().AsObject(),
        ["ask"] = new WriteJson(AskView.Draw).AsObject(),
        ["notice"] = NoticeView.Modal(new("Nothing is being dispatched.", "https://acme.slack.com/archives/C0OPS/p1?thread_ts=1&cid=C0OPS")).AsObject(),
        ["notice, help"] = NoticeView.Modal(new(ReplyText.Help)).AsObject(),
        ["notice, hostile"] = NoticeView.Modal(new(Hostile, "https://evil.example/|<!channel>>")).AsObject(),
        ["notice, long"] = NoticeView.Modal(new(Emoji + Ampersands)).AsObject(),
        ["form"] = Form(Lift, "use gate B", People(3), ["p1", "p0"]),
        ["form, nobody picked"] = Form(Lift, null, People(3), []),
        ["form, bare"] = Form(new("INC-1", "Lift"), null, People(1), []),
        ["form, free words"] = Form(new("Paper has run out", "Paper has run out", Link: "https://acme.slack.com/archives/C0OPS/p1", IsFreeText: true), null, People(2), ["p0"]),
        ["form, in direct messages"] = Form(Lift, null, People(2), ["p0"], address: "T0ACME/U0DANA"),
        ["form, lists"] = Listed(Form2(Lift, People(3), ["p1", "p0"]), "Lift engineers", 2),
        ["form, lists, hostile"] = Listed(Form2(Lift, People(5, Hostile), ["p0", "p2", "p4"]), Hostile, 150),
        ["form, lists, long"] = Listed(Form2(Lift, People(90, Ampersands), [.. Enumerable.Range(0, 50).Select(n => $"p{n}")]), Ampersands, 150),
        ["form, again"] = Form(Lift, null, People(3), ["p0"], new DispatchId("abcdefgh")),
        ["form, who cannot be phoned is picked"] = Form(Lift, null, People(3), ["p2", "p0", "gone"]),
        ["form, hostile"] = Form(new(Hostile, Hostile, Hostile, Hostile, Hostile, "javascript:alert(1)"), Hostile, People(5, Hostile), ["p0", "p2", "p4"], formId: Hostile),
        ["form, long"] = Form(new(Emoji[..300], Emoji, Emoji, Emoji, Emoji, "https://example.com/" + new string('x', 480), true), Emoji[..500], People(90, Emoji), [.. Enumerable.Range(0, 50).Select(n => $"p{n}")], formId: new('x', 250)),
        ["form, escapes"] = Form(new(Ampersands[..300], Ampersands, Ampersands, Ampersands, Ampersands), Ampersands[..500], People(100, Ampersands), [.. Enumerable.Range(0, 60).Select(n => $"p{n}")]),
        ["form, many people"] = Form(Lift, null, People(250), ["p249", "p7"]),
        ["form, ids too long to be choices"] = Form(Lift, null, [Someone(0) with { Id = new(new('x', 90)) }, Someone(1)], [new('x', 90), "p1"]),
        ["form, listed twice"] = Form(Lift, null, [Someone(0), Someone(0), Someone(1)], ["p0"]),
        ["home, empty"] = HomeView.Of(new([], []), [], Noon).AsObject(),
        ["home, no directory"] = HomeView.Of(new([], null), [], Noon).AsObject(),
        ["home"] = HomeView.Of(new([Card(Lift, CardStatus.Waiting, "Waiting", Noon), Card(new("Paper", "Paper", IsFreeText: true), CardStatus.Calling, "Calling", null)], People(3)), ["https://acme.slack.com/archives/C0OPS/p1", null], Noon).AsObject(),
        ["home, nobody can be phoned"] = HomeView.Of(new([], [Someone(2)]), [], Noon).AsObject(),
        ["home, hostile"] = HomeView.Of(new([Card(new(Hostile, Hostile, Link: "javascript:x"), CardStatus.Waiting, Hostile, Noon)], People(6, Hostile)), ["data:text/html,x"], Noon).AsObject(),
        ["home, full"] = HomeView.Of(
            new([.. Enumerable.Repeat(Card(new(Ampersands, Ampersands, Link: "https://example.com/" + new string('y', 900)), CardStatus.Waiting, Ampersands, Noon), 45)], People(400, Ampersands)), new string?[20], Noon).AsObject(),
    };

    /// <summary>Private messages, by name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Messages { get; } = new Dictionary<string, JsonObject>
    {
        ["words"] = NoticeView.Message(new("Nothing is being dispatched.")).AsObject(),
        ["with a thread"] = NoticeView.Message(new("It runs.", "https://acme.slack.com/archives/C0OPS/p1")).AsObject(),
        ["with a button"] = NoticeView.Message(new("Choose whom to phone.", Opens: new string('x', 2000))).AsObject(),
        ["hostile"] = NoticeView.Message(new(Hostile, "https://evil.example/|<!channel>>")).AsObject(),
        ["long"] = NoticeView.Message(new(Emoji + Ampersands)).AsObject(),
        ["lines"] = NoticeView.Message(new(string.Join('\n', Enumerable.Range(0, 900).Select(n => $"INC-{n}: Calling Ann.")))).AsObject(),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static TheoryData<string> MessageNames => [.. Messages.Keys];

    public static ImmutableArray<FormPerson> People(int count, string? name = null) => [.. Enumerable.Range(0, count).Select(n => Someone(n, name))];

    /// <summary>Every third cannot be phoned.</summary>
    static FormPerson Someone(int n, string? name = null) => new(
        new($"p{n}"), name ?? $"Person {n}", name ?? "lifts · en-GB", n % 3 == 2 ? name ?? "No phone number in the directory." : null, name ?? $"There is a job. INC-1042, Lift 2 is stuck.\nPress 1 to accept, {n}.");

    static JsonObject Form(
        Ticket ticket, string? note, ImmutableArray<FormPerson> people, string[] picked, DispatchId? replaces = null, string address = "T0ACME/C0OPS", string formId = "form-1")
    {
        var form = new DispatchForm(formId, ticket, note, people, [.. picked.Select(id => new EmployeeId(id))], replaces, Noon);
        return FormView.Of(form, DialogContext.Of(form, new("slack", address))).AsObject();
    }

    static DispatchForm Form2(Ticket ticket, ImmutableArray<FormPerson> people, string[] picked) =>
        new("form-1", ticket, null, [.. people.Select(each => each with { Doing = $"first: on shift until 08:00 (UTC), {each.Name}, longest since last called (19 days)" })],
            [.. picked.Select(id => new EmployeeId(id))], null, Noon);

    /// <summary>The dialog after the first of so many lists was chosen.</summary>
    static JsonObject Listed(DispatchForm form, string name, int count)
    {
        form = form with { Lists = [.. Enumerable.Range(0, count).Select(n => new FormList($"list{n}", name, n == 0))], ListWords = $"From the list {name}." };
        return FormView.Of(form, DialogContext.Of(form, new("slack", "T0ACME/C0OPS"))).AsObject();
    }

    static DispatchCard Card(Ticket ticket, CardStatus status, string words, DateTimeOffset? until) => new(
        new("abcdefgh"), ticket, null, new("slack", "T0ACME/U0DANA", "Dana"), status, $"Pause before the next call to {words}.", until, words, [], [], false);
}
