using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Slack.Schema;
using BotDispatch.Tests.Adapters.Teams.Posting;
using BotDispatch.Voice.Speech;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>A message of the pictured post.</summary>
/// <param name="At">When it was posted, or drawn anew.</param>
/// <param name="Activity">As it is sent.</param>
internal sealed record PicturedMessage(DateTimeOffset At, JsonObject Activity);

/// <summary>What the pictures of the README show: one dispatch from its dialog to the acceptance, decided, worded and drawn by the product.</summary>
internal static class TeamsPictured
{
    static readonly DateTimeOffset Begin = new(2026, 1, 5, 3, 2, 0, TimeSpan.Zero);

    static readonly Ticket Lift = new("INC-1042", "Lift 2 is stuck between floors with two people inside", "The emergency phone works and both are calm. Reception holds the key to the machine room.",
        "P1", "Harbour House, east wing", "https://tickets.example.com/INC-1042");

    static readonly Employee[] People =
    [
        Somebody("Ann Lee", "+447700900101", "en-GB", "lifts", "electrics"), Somebody("Ελένη Παπαδάκη", "+447700900102", "el-GR", "network", "access control"),
        Somebody("Jonas Weber", "+447700900103", "de-DE", "heating", "cooling"), Somebody("Marcus Reed", "+12025550105", "en-US", "servers", "storage"),
        Somebody("Priya Nair", "+447700900106", "en-GB", "point of sale", "payments"), Somebody("Tom Okafor", null, "en-GB", "first aid", "facilities"),
    ];

    static readonly Speaker Speaker = new(Options.Create(new SpeechOptions()));

    static readonly FormDrawing Forms = new(
        new(new EphemeralDataProtectionProvider(), TimeProvider.System), new(Speaker, Options.Create(new LanguageOptions())), Speaker, [],
        new BotDispatch.Tests.Chat.Office.Staff());

    static TeamsPictured()
    {
        var played = new PlayedDispatch(new(new("abc234"), Lift, "Ask reception for the key", [Called(0), Called(3)], new(), TeamsSample.Dana, TeamsSample.Ops), Begin);
        played.Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(25, LegStatus.NoAnswer).After(20).Takes(2, LegStatus.Initiated, LegStatus.Ringing);
        Ringing = new(played.Now, Drawn(played));
        played.After(25, LegStatus.NoAnswer).After(20).Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(6, LegStatus.InProgress).Presses(9, "2").After(2, LegStatus.Completed)
            .Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(8, LegStatus.InProgress).Presses(11, "1").After(6, LegStatus.Completed);
        Ended = new(Begin, Drawn(played));
        Replies = [.. played.Replies.Select(reply => new PicturedMessage(reply.At, ReplyDrawing.Draw(reply.Update, new Dictionary<Person, string> { [TeamsSample.Dana] = "29:dana" }).AsObject()))];
    }

    /// <summary>The card while the first phone rings for the second time.</summary>
    public static PicturedMessage Ringing { get; }

    /// <summary>The card at the end.</summary>
    public static PicturedMessage Ended { get; }

    /// <summary>Everything below it.</summary>
    public static IReadOnlyList<PicturedMessage> Replies { get; }

    /// <summary>The dialog that it began with.</summary>
    public static JsonObject Dialog => DispatchDialog.Of(Form(Lift, "Ask reception for the key", People, [People[0].Id, People[3].Id]), Setting(Surface.Dialog)).AsObject();

    /// <summary>Every dialog and every card in the place of one, by name.</summary>
    public static IReadOnlyList<(string Name, JsonObject Card)> Dialogs { get; } =
    [
        ("dialog, two people", Dialog),
        ("dialog, nobody yet", DispatchDialog.Of(Form(Lift with { Link = null }, null, People, []), Setting(Surface.Dialog)).AsObject()),
        ("dialog, mistakes", DispatchDialog.Of(Form(Lift, new string('x', ReplyText.MostNote), People, [People[5].Id]),
            Setting(Surface.Dialog, (DialogData.PeopleField, ReplyText.CannotBePhoned(People[5])), (DialogData.NoteField, ReplyText.NoteTooLong(612)))).AsObject()),
        ("dialog, free words", DispatchDialog.Of(Form(new("the door of hall 3 jams", "the door of hall 3 jams", IsFreeText: true), null, People, [People[2].Id]), Setting(Surface.Dialog)).AsObject()),
        ("dialog, fifty people", DispatchDialog.Of(Form(Lift, "Ask reception for the key", Crowd, [.. Crowd.Take(50).Select(each => each.Id)]), Setting(Surface.Dialog)).AsObject()),
        ("dialog, hostile", DispatchDialog.Of(Form(HostileTicket, TeamsDrawings.Hostile, Hostiles, [Hostiles[0].Id, Hostiles[1].Id]), Setting(Surface.Dialog)).AsObject()),
        ("dialog, one long word", DispatchDialog.Of(Form(Long, new string('n', 500), Longs, [Longs[0].Id]), Setting(Surface.Dialog)).AsObject()),
        ("dialog, other places", DispatchDialog.Of(Form(Lift, null, People, [People[0].Id]) with { Places = [new("Facilities", true), new("#night-shift", false), new(TeamsDrawings.Hostile, false)] }, Setting(Surface.Dialog)).AsObject()),
        ("dialog in a card, again", DispatchDialog.Of(Form(Lift, null, People, [People[1].Id]) with { Replaces = TeamsSample.Id }, Setting(Surface.Card)).AsObject()),
        ("question", AskDialog.Of(Surface.Dialog, ConversationKind.Channel).AsObject()),
        ("question, with a mistake", AskDialog.Of(Surface.Dialog, ConversationKind.Personal, "INC-9999", ReplyText.UnknownTicket("INC-9999", ["INC-9998", "INC-9990"])).AsObject()),
        ("choose people", ChoosePeopleView.Of(Lift, "sealed").AsObject()),
        ("choose people, hostile", ChoosePeopleView.Of(HostileTicket, "sealed").AsObject()),
        ("notice", NoticeDialog.Of(Surface.Dialog, ReplyText.Help, ("Try again", DialogData.Button(DialogIntent.Look, "sealed"))).AsObject()),
        ("notice, hostile", NoticeDialog.Of(Surface.Card, TeamsDrawings.Hostile).AsObject()),
    ];

    static Employee[] Crowd => [.. Enumerable.Range(1, 140).Select(n => Somebody($"Ann-Sophie Charlotte von der Wiese {n}", $"+4477009{n:00000}", "en-GB", "lifts", "electrics", "heights"))];

    static Employee[] Hostiles => [Somebody(TeamsDrawings.Hostile, "+447700900101", "en-GB", TeamsDrawings.Hostile), Somebody("\u202Eeve <at>you</at>", null, "xx", "[a](https://evil.example)")];

    static Employee[] Longs => [Somebody(new string('W', 200), "+447700900101", "en-GB", new string('s', 200))];

    static Ticket HostileTicket => new(TeamsDrawings.Hostile, TeamsDrawings.Hostile, TeamsDrawings.Hostile, TeamsDrawings.Hostile, TeamsDrawings.Hostile, "https://evil.example/?" + Uri.EscapeDataString(TeamsDrawings.Hostile[..40]));

    static Ticket Long => new("INC-1042", new string('t', 900), new string('d', 3000), new string('p', 300), new string('l', 300), $"https://{new string('h', 60)}.example/");

    static JsonObject Drawn(PlayedDispatch played) => TeamsActivity.OfCard(CardView.Draw(played.Card, played.Now), CardView.Summary(played.Card)).AsObject();

    static DispatchForm Form(Ticket ticket, string? note, IReadOnlyList<Employee> everybody, ImmutableArray<EmployeeId> picked) =>
        Forms.Draw(new("form-1", Begin.AddMinutes(30), ticket.IsFreeText), new(ticket, note, picked, []), everybody);

    static DialogSetting Setting(Surface surface, params (string Field, string Words)[] errors) =>
        new(surface, "sealed", ConversationKind.Channel, errors.ToImmutableDictionary(each => each.Field, each => each.Words));

    static Callee Called(int who) => new(People[who].Id, People[who].Name, People[who].Phone!, People[who].Language);

    static Employee Somebody(string name, string? phone, string language, params ImmutableArray<string> skills) =>
        new(new(name.ToLowerInvariant().Replace(' ', '.')), name, null, phone, language, "Europe/London", skills);
}
