using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Speech;

/// <summary>Writes everything that a call says. The dialog's preview uses it too, so the preview shows exactly what is spoken.</summary>
internal sealed class Speaker(IOptions<SpeechOptions> options) : ISpeechPreview
{
    // A foreign name must not be longer than the sentence around it.
    const int LongestName = 60;

    // A goodbye must be over before the call ends.
    const int LongestChange = 60;

    // The pause at the end of a sentence. Text that is read sign by sign consists mostly of such pauses.
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns the spoken text of the job, for the start of a call and for each repetition.</summary>
    public string TicketText(Ticket ticket, string? note, string language) => SpokenText.Of(ticket, note, language, options.Value);

    /// <summary>
    /// Returns the preview of a call for the dialog: the spoken text of the job with the question, and the words that are not spoken.
    /// </summary>
    public SpokenPreview Preview(Ticket ticket, string? note, string language)
    {
        var text = SpokenText.Read(ticket, note, language, options.Value);
        return new($"{text.Said} {Prompts.For(language).Options}", text.NotSaid);
    }

    /// <summary>Returns the telephone's spelling of a language tag; null if the telephone does not speak that language.</summary>
    public string? FindLanguage(string? tag) => SpokenLanguage.Find(tag);

    /// <summary>Returns the spoken answer to a key, or the closing message of a call. The question itself is not included.</summary>
    public string AnswerText(SpokenAnswer answer, Ticket ticket, string language)
    {
        var prompts = Prompts.For(language);
        return answer switch
        {
            SpokenAnswer.YouHaveIt when SpokenText.Reference(ticket, options.Value) is { Length: > 0 } spelled =>
                SpokenText.Fill(prompts.AcceptedTicket, spelled),
            SpokenAnswer.YouHaveIt => prompts.AcceptedJob,
            SpokenAnswer.YouHaveItChanged => $"{Change(ticket, language)} {prompts.AcceptedJob}",
            SpokenAnswer.YouRejected => prompts.Rejected,
            SpokenAnswer.YouRejectedBefore => prompts.RejectedBefore,
            SpokenAnswer.AlreadyTaken(var by) when PlainText.Inline(by, language) is { Length: > 0 } name =>
                SpokenText.Fill(prompts.TakenBy, Excerpt.Of(name, LongestName).Text.TrimEnd('.')),
            SpokenAnswer.WasCancelled => prompts.Cancelled,
            SpokenAnswer.NotNeeded => prompts.NotNeeded,
            SpokenAnswer.AlreadyTaken or SpokenAnswer.IsOver => prompts.Over,
            SpokenAnswer.AskAgain => prompts.WrongKey,
            SpokenAnswer.TooManyWrongKeys => prompts.TooManyWrongKeys,
            SpokenAnswer.GoesOnWithoutYou => prompts.GoesOn,
            _ => "",
        };
    }

    static string Change(Ticket ticket, string language) => SpokenText.Fill(Prompts.For(language).Changed,
        Excerpt.Of(PlainText.Inline(ticket.Title, language), LongestChange).Text.TrimEnd('.') + ".");

    /// <summary>Estimates how long <paramref name="text"/> takes to speak, in any language.</summary>
    public TimeSpan TimeToSay(string text) =>
        TimeSpan.FromSeconds(text.Length / options.Value.CharactersPerSecond) + (Rest * text.AsSpan().Count('.'));
}
