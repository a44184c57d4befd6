using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack;
using BotDispatch.Slack.Drawing;
using BotDispatch.Voice.Speech;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>A message of the pictured thread.</summary>
/// <param name="At">When it was posted, or drawn anew.</param>
/// <param name="Place"><c>channel</c>, or <c>thread</c> for what stands there at the end.</param>
/// <param name="Message">As it was drawn.</param>
internal sealed record PicturedPost(DateTimeOffset At, string Place, SlackMessage Message);

/// <summary>What the pictures of the README show: one dispatch from its dialog to the acceptance, decided, worded and drawn by the product.</summary>
internal static class Pictured
{
    static readonly DateTimeOffset Begin = new(2026, 1, 5, 3, 2, 0, TimeSpan.Zero);
    static readonly Person Dana = SlackAddress.Person("T0ACME", "U0DANA", "Dana Fox");
    static readonly ChatChannel Ops = SlackAddress.Channel("T0ACME", "C0OPS");

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

    /// <summary>The card while the first phone rings for the second time, as the channel shows it; then, as the thread shows it, the card at the end and every reply.</summary>
    public static IReadOnlyList<PicturedPost> Thread { get; }

    /// <summary>The dialog that it began with.</summary>
    public static JsonObject Dialog { get; } = DialogOf([People[0].Id, People[3].Id], "Ask reception for the key");

    /// <summary>Home while it rings.</summary>
    public static JsonObject Home { get; }

    static Pictured()
    {
        var played = new PlayedDispatch(new(
            new("abc234"), Lift, "Ask reception for the key", [Called(0), Called(3)], new(), Dana, Ops), Begin);
        played.Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(25, LegStatus.NoAnswer).After(20).Takes(2, LegStatus.Initiated, LegStatus.Ringing);
        var ringing = played.Card;
        var home = HomeView.Of(new([ringing], Forms.ChoicesOf(People)), ["https://acme.slack.com/archives/C0OPS/p1767582120000100"], played.Now);
        var shown = new PicturedPost(played.Now, "channel", CardView.Draw(ringing, played.Now));
        played.After(25, LegStatus.NoAnswer).After(20).Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(6, LegStatus.InProgress).Presses(9, "2").After(2, LegStatus.Completed)
            .Takes(2, LegStatus.Initiated, LegStatus.Ringing).After(8, LegStatus.InProgress).Presses(11, "1").After(6, LegStatus.Completed);
        Home = home.AsObject();
        Thread = [shown, new(Begin, "thread", CardView.Draw(played.Card, played.Now)), .. played.Replies.Select(reply => new PicturedPost(reply.At, "thread", ReplyMessage.Draw(reply.Update)))];
    }

    static JsonObject DialogOf(ImmutableArray<EmployeeId> picked, string note)
    {
        var form = Forms.Draw(new("form-1", Begin.AddMinutes(30), false), new(Lift, note, picked, []), People);
        return FormView.Of(form, DialogContext.Of(form, Ops)).AsObject();
    }

    static Callee Called(int who) => new(People[who].Id, People[who].Name, People[who].Phone!, People[who].Language);

    static Employee Somebody(string name, string? phone, string language, params ImmutableArray<string> skills) =>
        new(new(name.ToLowerInvariant().Replace(' ', '.')), name, null, phone, language, "Europe/London", skills);
}
