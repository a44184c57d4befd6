using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What a dialog is opened with.</summary>
internal sealed record FormContent(
    Ticket Ticket, string? Note, ImmutableArray<EmployeeId> Picked, ImmutableArray<FormPlace> Places, DispatchId? Replaces = null)
{
    /// <summary>The named list that is called; null if people are picked without one.</summary>
    public ListChain? List { get; init; }

    /// <summary>Every list that can be chosen.</summary>
    public ImmutableArray<NamedList> Lists { get; init; } = [];
}

/// <summary>Draws the dialog: everybody with what tells them apart, what they would hear, and why some cannot be picked.</summary>
internal sealed class FormDrawing(
    FormIds ids, Languages languages, ISpeechPreview speech, IEnumerable<INoticeSource> notices, IEmployeeDirectory directory)
{
    /// <summary>The dialog that opens, or a sentence that says why there is nobody to choose or nothing to speak.</summary>
    public ChatReply Open(
        string platform, string delivery, FormContent content, IReadOnlyList<Employee> everybody, CurrentWork? work = null)
    {
        if (everybody.Count == 0)
            return new ChatReply.Private(UnreadText.Nobody(directory.Troubles));
        if (everybody.All(each => each.CannotBePhoned is not null))
            return new ChatReply.Private(ReplyText.NobodyCanBePhoned + UnreadText.Of(directory.Troubles));
        if (content is { Ticket: { IsFreeText: true } words, Note: null } && IsSilent(words, languages.For(everybody[0]).Tag))
            return new ChatReply.Private(ReplyText.NothingToSpeak);

        return new ChatReply.OpenForm(Draw(
            ids.Open(platform, delivery, content.Ticket.IsFreeText, content.List?.First.List.Id), content, everybody, work));
    }

    /// <summary>The dialog as it is, with other content.</summary>
    public DispatchForm Draw(OpenedForm form, FormContent content, IReadOnlyList<Employee> everybody, CurrentWork? work = null) => new(
        form.Id, content.Ticket, content.Note,
        ChoicesOf(everybody, work ?? CurrentWork.Nothing, language => speech.Preview(content.Ticket, content.Note, language),
            content.List?.First.People.ToDictionary(each => each.Id, each => each.Sentence)),
        content.Picked, content.Replaces, form.ExpiresAt, content.Places)
    {
        Notices = [.. notices.SelectMany(source => source.Notices())],
        Lists = [.. content.Lists.Select(each =>
            new FormList(each.Id, PlainWords.OneLine(each.Name), each.Id == content.List?.First.List.Id))],
        ListWords = content.List is { } list ? ListWords.InDialog(list) : null,
    };

    /// <summary>Everybody, with what tells them apart and what they are busy with.</summary>
    public ImmutableArray<FormPerson> ChoicesOf(IReadOnlyList<Employee> everybody, CurrentWork? work = null) =>
        ChoicesOf(everybody, work ?? CurrentWork.Nothing, _ => new SpokenPreview(""));

    ImmutableArray<FormPerson> ChoicesOf(
        IReadOnlyList<Employee> everybody, CurrentWork work, Func<string, SpokenPreview> speak,
        Dictionary<EmployeeId, string>? sentences = null)
    {
        // Thousands of people speak a few languages.
        var spoken = new Dictionary<string, Spoken>(StringComparer.Ordinal);
        return [.. everybody.Select(each => ChoiceOf(each, work, SpokenTo(each), sentences?.GetValueOrDefault(each.Id)))];

        Spoken SpokenTo(Employee employee)
        {
            if (spoken.TryGetValue(employee.Language, out var known))
                return known;
            var (language, isOwn) = languages.For(employee);
            return spoken[employee.Language] = new(language, isOwn, speak(language));
        }
    }

    // A phone would ring, and say that there is a job, and not which.
    bool IsSilent(Ticket words, string language) =>
        speech.Preview(words, null, language) == speech.Preview(new("", "", IsFreeText: true), null, language);

    // The sentence of a list says whether they can be called as well, so only their job is said beside it.
    static FormPerson ChoiceOf(Employee employee, CurrentWork work, Spoken spoken, string? sentence)
    {
        var (language, isOwn, words) = spoken;
        var (job, duty) = (work.JobOf(employee), work.DutyOf(employee));
        var doing = sentence is null
            ? job ?? CurrentWork.Continued(duty) ?? (employee.CannotBePhoned is null && work.KnowsDuties ? "ready" : null)
            : job is null ? sentence : $"{job}; {sentence}";
        var hint = HintOf(employee, language, isOwn);
        var off = duty is { IsAvailable: false } ? duty : null;
        return new(
            employee.Id, employee.Name, doing is null ? hint : $"{doing} · {hint}", employee.CannotBePhoned,
            words.Text, words.NotSpoken, doing)
        {
            OffDuty = off is null ? null : PlainWords.Continued(off.Words ?? ""),
            From = off is { HasEnd: true } ? off.Until : null,
        };
    }

    /// <summary>The language that somebody hears, whether it is their own, and the words.</summary>
    sealed record Spoken(string Language, bool IsOwn, SpokenPreview Words);

    static string HintOf(Employee employee, string language, bool isOwn)
    {
        var tongue = isOwn ? language : $"⚠ {employee.Language?.Isolated()} cannot be spoken, hears {language}";
        var skills = string.Join(", ", employee.Skills.Select(each => each.Isolated()));
        var hint = skills.Length == 0 ? tongue : $"{skills} · {tongue}";
        return employee.PhoneNote is { } note ? $"⚠ {note.TrimEnd('.')} · {hint}" : hint;
    }
}
