using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Playground;

/// <summary>
/// Passes what is typed and pressed in the pretend channel to the room Chat, and translates its replies for the page.
/// </summary>
// Ten dependencies, one for each thing that the page asks for.
internal sealed class PlaygroundChat(
    ChatCommands commands, FormSubmitting submitting, PressHandler presses, Overview overview, PlaygroundPlatform platform,
    PretendPeople people, IEmployeeDirectory directory, ITicketSource tickets, Languages languages, SpokenPreview spoken)
{
    const string Command = "/dispatch";
    const int LongestText = 4000;

    static readonly AnswerView nothing = new("nothing");

    /// <summary>Handles a command that was typed and sent.</summary>
    public async Task<IResult> CommandAsync(CommandRequest request, CancellationToken ct)
    {
        var text = (request.Text ?? "").Trim();
        if (await people.FindAsync(request.As, ct) is not { } who
            || request.Delivery is not { Length: > 0 and <= 64 }
            || text.Length is 0 or > LongestText)
            return TypedResults.BadRequest();
        if (!text.StartsWith('/'))
        {
            await platform.SayAsync(who, text, request.Delivery, ct);
            return TypedResults.Ok(nothing);
        }
        var (command, rest) = text.IndexOf(' ') is > 0 and var space ? (text[..space], text[(space + 1)..].Trim()) : (text, "");
        if (!command.Equals(Command, StringComparison.OrdinalIgnoreCase))
            return TypedResults.Ok(new AnswerView("private",
                $"There is no command {command.Isolated()} here. Type {Command} and the reference of a ticket, or {Command} help."));
        var delivery = new Delivery(request.Delivery);
        return TypedResults.Ok(View(await commands.CommandAsync(who, PlaygroundPlatform.Channel, rest, delivery, ct)));
    }

    /// <summary>Handles the dialog that was sent.</summary>
    public async Task<IResult> SubmitAsync(SubmitRequest request, CancellationToken ct)
    {
        if (await people.FindAsync(request.As, ct) is not { } who
            || request.Picked is null
            || request.FormId is null
            || request.Ticket is null)
            return TypedResults.BadRequest();
        DispatchId? replaces = DispatchId.TryParse(request.Replaces, null, out var id) ? id : null;
        var submission = new FormSubmission(
            request.FormId, who, PlaygroundPlatform.Channel, request.Ticket, [.. request.Picked.Select(each => new EmployeeId(each))],
            request.Note, replaces, AlsoIn: [.. request.AlsoIn ?? []]);
        return TypedResults.Ok(await submitting.SubmitAsync(submission, ct) switch
        {
            ChatReply.Started started => new AnswerView("started", About: started.Dispatch.Value),
            ChatReply.FieldErrors wrong => new AnswerView("errors", Errors: wrong.Errors),
            ChatReply.Private refused => new AnswerView("private", refused.Text, refused.About?.Value),
            _ => nothing,
        });
    }

    /// <summary>Handles a press on a button of a card.</summary>
    public async Task<IResult> PressAsync(PressRequest request, CancellationToken ct)
    {
        if (await people.FindAsync(request.As, ct) is not { } who
            || !DispatchId.TryParse(request.Dispatch, null, out var dispatch)
            || !Enum.TryParse<CardAction>(request.Action, out var action) || !Enum.IsDefined(action))
            return TypedResults.BadRequest();
        var delivery = new Delivery(Guid.NewGuid().ToString());
        return TypedResults.Ok(View(await presses.HandleAsync(
            new(who, PlaygroundPlatform.Channel, dispatch, action, request.Callee, request.Round, delivery), ct)));
    }

    /// <summary>Returns completions for the typed text.</summary>
    public async Task<IResult> SuggestAsync(string? typed, CancellationToken ct)
    {
        var text = (typed ?? "").TrimStart();
        if (text.Length == 0 || text[0] != '/' || text.Length > LongestText)
            return Suggest([]);
        if (text.Length <= Command.Length)
            return Suggest(Command.StartsWith(text, StringComparison.OrdinalIgnoreCase)
                ? [new($"{Command} ", Command, "Phone people about a ticket until one accepts")]
                : []);
        if (!text.StartsWith($"{Command} ", StringComparison.OrdinalIgnoreCase))
            return Suggest([]);
        var ways = await commands.SuggestAsync(PlaygroundPlatform.Channel, text[(Command.Length + 1)..], ct);
        return Suggest([.. ways.Select(way => new SuggestionView($"{Command} {way.Text}", way.Text, way.Help))]);
    }

    /// <summary>Returns the ids of the people whom the typed text may mean, the likeliest first.</summary>
    public async Task<IResult> FindPeopleAsync(string? typed, CancellationToken ct) => (typed ?? "").Length > LongestText
        ? TypedResults.BadRequest()
        : TypedResults.Ok<IReadOnlyList<string>>(
            [.. (await overview.FindPeopleAsync(PlaygroundPlatform.Channel, typed ?? "", int.MaxValue, ct)).Select(each => each.Id.Value)]);

    /// <summary>Returns what a callee would hear, with the note as it is.</summary>
    public async Task<IResult> PreviewAsync(PreviewRequest request, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Ticket)
            || (await directory.ListAsync(ct)).FirstOrDefault(each => each.Id.Value == request.Employee) is not { } employee)
            return TypedResults.BadRequest();
        var ticket = !request.IsFreeText && await tickets.FindAsync(request.Ticket, ct) is FoundTicket.Found found
            ? found.Ticket
            : new Ticket(request.Ticket, request.Ticket, IsFreeText: true);
        var language = languages.For(employee).Tag;
        var (text, notSpoken) = spoken(ticket, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(), language);
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
        new(form.Ticket.Reference, form.Ticket.Title, form.Ticket.Description, form.Ticket.Priority, form.Ticket.Place, form.Ticket.Link,
            form.Ticket.IsFreeText),
        form.Note,
        [.. form.People.Select(person =>
            new FormPersonView(person.Id.Value, person.Name, person.Hint, person.CannotBePicked, person.SpokenPreview, person.NotSpoken))],
        [.. form.Picked.Select(id => id.Value)],
        form.Replaces?.Value,
        [.. form.Places.Select(place => new PlaceView(place.Name, place.IsPicked))], ReplyText.MostNote,
        ReplyText.ToMendInDialog(form.Notices));
}
