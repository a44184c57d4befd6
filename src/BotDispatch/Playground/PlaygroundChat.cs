using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Playground;

/// <summary>What is typed and pressed in the pretend channel, handed to the room Chat in our words, and its answer in the page's.</summary>
// Eleven, one for each thing that the page asks for.
internal sealed class PlaygroundChat(
    ChatCommands commands, FormSubmitting submitting, PressHandler presses, Overview overview, PlaygroundPlatform platform, PretendPeople people, IEmployeeDirectory directory, ITicketSource tickets, Languages languages, SpokenPreview spoken)
{
    const string Command = "/dispatch";
    const int LongestText = 4000;

    static readonly AnswerView nothing = new("nothing");

    /// <summary>Something was typed and sent.</summary>
    public async Task<IResult> CommandAsync(CommandWish wish, CancellationToken ct)
    {
        var text = (wish.Text ?? "").Trim();
        if (await people.FindAsync(wish.As, ct) is not { } who || wish.Delivery is not { Length: > 0 and <= 64 } || text.Length is 0 or > LongestText)
            return TypedResults.BadRequest();
        if (!text.StartsWith('/'))
        {
            await platform.SayAsync(who, text, wish.Delivery, ct);
            return TypedResults.Ok(nothing);
        }
        var (command, rest) = text.IndexOf(' ') is > 0 and var space ? (text[..space], text[(space + 1)..].Trim()) : (text, "");
        if (!command.Equals(Command, StringComparison.OrdinalIgnoreCase))
            return TypedResults.Ok(new AnswerView("private", $"There is no command {command.Isolated()} here. Type {Command} and the reference of a ticket, or {Command} help."));
        return TypedResults.Ok(View(await commands.CommandAsync(who, PlaygroundPlatform.Channel, rest, new Delivery(wish.Delivery), ct)));
    }

    /// <summary>The dialog was sent.</summary>
    public async Task<IResult> SubmitAsync(SubmitWish wish, CancellationToken ct)
    {
        if (await people.FindAsync(wish.As, ct) is not { } who || wish.Picked is null || wish.FormId is null || wish.Ticket is null)
            return TypedResults.BadRequest();
        DispatchId? replaces = DispatchId.TryParse(wish.Replaces, null, out var id) ? id : null;
        var submission = new FormSubmission(
            wish.FormId, who, PlaygroundPlatform.Channel, wish.Ticket, [.. wish.Picked.Select(each => new EmployeeId(each))], wish.Note, replaces, AlsoIn: [.. wish.AlsoIn ?? []]);
        return TypedResults.Ok(await submitting.SubmitAsync(submission, ct) switch
        {
            SubmitAnswer.Started started => new AnswerView("started", About: started.Dispatch.Value),
            SubmitAnswer.FieldErrors wrong => new AnswerView("errors", Errors: wrong.Errors),
            SubmitAnswer.Refused refused => new AnswerView("private", refused.Text, refused.About?.Value),
            _ => nothing,
        });
    }

    /// <summary>A button of a card was pressed.</summary>
    public async Task<IResult> PressAsync(PressWish wish, CancellationToken ct)
    {
        if (await people.FindAsync(wish.As, ct) is not { } who
            || !DispatchId.TryParse(wish.Dispatch, null, out var dispatch)
            || !Enum.TryParse<CardAction>(wish.Action, out var action) || !Enum.IsDefined(action))
            return TypedResults.BadRequest();
        return TypedResults.Ok(View(await presses.HandleAsync(new(who, PlaygroundPlatform.Channel, dispatch, action, wish.Callee, wish.Round, new(Guid.NewGuid().ToString())), ct)));
    }

    /// <summary>How what was typed so far could go on.</summary>
    public async Task<IResult> SuggestAsync(string? typed, CancellationToken ct)
    {
        var text = (typed ?? "").TrimStart();
        if (text.Length == 0 || text[0] != '/' || text.Length > LongestText)
            return Suggest([]);
        if (text.Length <= Command.Length)
            return Suggest(Command.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? [new($"{Command} ", Command, "Phone people about a ticket until one accepts")] : []);
        if (!text.StartsWith($"{Command} ", StringComparison.OrdinalIgnoreCase))
            return Suggest([]);
        var ways = await commands.SuggestAsync(PlaygroundPlatform.Channel, text[(Command.Length + 1)..], ct);
        return Suggest([.. ways.Select(way => new SuggestionView($"{Command} {way.Text}", way.Text, way.Help))]);
    }

    /// <summary>The ids of the people who may be meant by what was typed so far, the likeliest first.</summary>
    public async Task<IResult> FindPeopleAsync(string? typed, CancellationToken ct) => (typed ?? "").Length > LongestText
        ? TypedResults.BadRequest()
        : TypedResults.Ok<IReadOnlyList<string>>([.. (await overview.FindPeopleAsync(PlaygroundPlatform.Channel, typed ?? "", int.MaxValue, ct)).Select(each => each.Id.Value)]);

    /// <summary>What somebody would hear, with the note as it stands.</summary>
    public async Task<IResult> PreviewAsync(PreviewWish wish, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(wish.Ticket) || (await directory.ListAsync(ct)).FirstOrDefault(each => each.Id.Value == wish.Employee) is not { } employee)
            return TypedResults.BadRequest();
        var ticket = !wish.IsFreeText && await tickets.FindAsync(wish.Ticket, ct) is FoundTicket.Found found ? found.Ticket : new Ticket(wish.Ticket, wish.Ticket, IsFreeText: true);
        var language = languages.For(employee).Tag;
        var (text, notSpoken) = spoken(ticket, string.IsNullOrWhiteSpace(wish.Note) ? null : wish.Note.Trim(), language);
        return TypedResults.Ok(new PreviewView(text, language, notSpoken));
    }

    static Ok<IReadOnlyList<SuggestionView>> Suggest(IReadOnlyList<SuggestionView> list) => TypedResults.Ok(list);

    static AnswerView View(ChatReply answer) => answer switch
    {
        ChatReply.Private words => new("private", words.Text, words.About?.Value),
        ChatReply.OpenForm(var form) => new("form", Form: View(form)),
        _ => nothing,
    };

    static FormView View(DispatchForm form) => new(
        form.FormId,
        new(form.Ticket.Reference, form.Ticket.Title, form.Ticket.Description, form.Ticket.Priority, form.Ticket.Place, form.Ticket.Link, form.Ticket.IsFreeText),
        form.Note,
        [.. form.People.Select(person => new FormPersonView(person.Id.Value, person.Name, person.Hint, person.CannotBePicked, person.SpokenPreview, person.NotSpoken))],
        [.. form.Picked.Select(id => id.Value)],
        form.Replaces?.Value,
        [.. form.Places.Select(place => new PlaceView(place.Name, place.IsPicked))], ReplyText.MostNote, ReplyText.ToMendInDialog(form.Notices));
}
