using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Speech;

/// <summary>Says everything that a phone says. The dialog's preview asks it too, so that what is shown is what is spoken.</summary>
internal sealed class Speaker(IOptions<SpeechOptions> options)
{
    // A name is somebody's own; it must not outgrow the sentence it stands in.
    const int LongestName = 60;

    // A sentence's end is heard as a rest. Reading sign by sign is made of them.
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>The job, as it is spoken at the beginning of a call and at each replay.</summary>
    public string TicketText(Ticket ticket, string? note, string language) => SpokenText.Of(ticket, note, language, options.Value);

    /// <summary>What the dialog shows of a call: the job and the question as they are spoken, and the words of the job that are not.</summary>
    public (string Spoken, string NotSpoken) Preview(Ticket ticket, string? note, string language)
    {
        var text = SpokenText.Read(ticket, note, language, options.Value);
        return ($"{text.Said} {Prompts.For(language).Options}", text.NotSaid);
    }

    /// <summary>What somebody who pressed a key, or whose call is about to be ended, hears; the question itself not included.</summary>
    public string AnswerText(SpokenAnswer answer, Ticket ticket, string language)
    {
        var prompts = Prompts.For(language);
        return answer switch
        {
            SpokenAnswer.YouHaveIt when SpokenText.Reference(ticket, options.Value) is { Length: > 0 } spelled => SpokenText.Fill(prompts.AcceptedTicket, spelled),
            SpokenAnswer.YouHaveIt => prompts.AcceptedJob,
            SpokenAnswer.YouRejected => prompts.Rejected,
            SpokenAnswer.YouRejectedBefore => prompts.RejectedBefore,
            SpokenAnswer.AlreadyTaken(var by) when PlainText.Inline(by, language) is { Length: > 0 } name => SpokenText.Fill(prompts.TakenBy, Excerpt.Of(name, LongestName).Text.TrimEnd('.')),
            SpokenAnswer.WasCancelled => prompts.Cancelled,
            SpokenAnswer.AlreadyTaken or SpokenAnswer.IsOver => prompts.Over,
            SpokenAnswer.AskAgain => prompts.WrongKey,
            SpokenAnswer.TooManyWrongKeys => prompts.TooManyWrongKeys,
            SpokenAnswer.GoesOnWithoutYou => prompts.GoesOn,
            _ => "",
        };
    }

    /// <summary>About how long <paramref name="text"/> takes to be spoken, in any language.</summary>
    public TimeSpan TimeToSay(string text) => TimeSpan.FromSeconds(text.Length / options.Value.CharactersPerSecond) + (Rest * text.Count(sign => sign is '.'));
}
