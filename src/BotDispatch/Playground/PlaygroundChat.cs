using System.Diagnostics;
using BotDispatch.Chat;
using BotDispatch.Core;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Playground;

/// <summary>Reads what is typed and pressed in the pretend channel, and hands it to the inbox of all chats.</summary>
internal sealed class PlaygroundChat(
    ChatInbox<AnswerView> inbox, PlaygroundPlatform platform, PretendPeople people, ILogger<PlaygroundChat> log)
{
    /// <summary>The name of the command.</summary>
    public const string Command = "/dispatch";

    /// <summary>The longest text that is read.</summary>
    public const int LongestText = 4000;

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
            return TypedResults.Ok(AnswerView.Nothing);
        }
        var (command, rest) = Array.FindIndex(text.ToCharArray(), char.IsWhiteSpace) is > 0 and var space
            ? (text[..space], text[(space + 1)..].Trim())
            : (text, "");
        if (!command.Equals(Command, StringComparison.OrdinalIgnoreCase))
            return TypedResults.Ok(new AnswerView("private",
                $"There is no command {command.Isolated()} here. Type {Command} and the reference of a ticket, or {Command} help."));
        return await HandleAsync(who, new ChatAction.Command(request.Delivery, rest, []), ct);
    }

    /// <summary>Handles the dialog that was sent.</summary>
    public Task<IResult> SubmitAsync(SubmitRequest request, CancellationToken ct) =>
        FormAsync(request, (context, fields) => new ChatAction.Submit(NewId(), context, fields), ct);

    /// <summary>Draws the dialog again after a list was chosen in it.</summary>
    public Task<IResult> RedrawAsync(SubmitRequest request, CancellationToken ct) =>
        FormAsync(request, (context, fields) => new ChatAction.Redraw(NewId(), context, fields), ct);

    async Task<IResult> FormAsync(SubmitRequest request, Func<DialogContext, DialogFields, ChatAction> actionOf, CancellationToken ct)
    {
        if (await people.FindAsync(request.As, ct) is not { } who
            || request.Picked is null
            || request.FormId is null
            || request.Ticket is null)
            return TypedResults.BadRequest();
        DispatchId? replaces = DispatchId.TryParse(request.Replaces, null, out var id) ? id : null;
        var context = new DialogContext(request.FormId, PlaygroundPlatform.Channel, request.Ticket, replaces, null);
        var fields = new DialogFields(
            [.. request.Picked.Select(each => new EmployeeId(each))], request.Note, [.. request.AlsoIn ?? []])
        { List = request.List };
        return await HandleAsync(who, actionOf(context, fields), ct);
    }

    /// <summary>Handles a press on a button of a card.</summary>
    public async Task<IResult> PressAsync(PressRequest request, CancellationToken ct)
    {
        if (await people.FindAsync(request.As, ct) is not { } who
            || !DispatchId.TryParse(request.Dispatch, null, out var dispatch)
            || !Enum.TryParse<CardAction>(request.Action, out var action) || !Enum.IsDefined(action))
            return TypedResults.BadRequest();
        var button = new CardPress(dispatch, action, request.Callee, request.Round);
        return await HandleAsync(who, new ChatAction.Press(NewId(), button), ct);
    }

    // The page waits as long as it takes. It names only its commands, so every other request is a new one.
    async Task<IResult> HandleAsync(Person who, ChatAction action, CancellationToken ct) =>
        await inbox.HandleAsync(action, new PlaygroundSurface(who, log), ResponseDeadline.None, ct) switch
        {
            Outcome<AnswerView>.Done(var answer) => TypedResults.Ok(answer),
            Outcome<AnswerView>.Broken(var exception, var place) => Broken(exception, place),
            // The page has gone.
            Outcome<AnswerView>.Late or Outcome<AnswerView>.Stopped => TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest),
            var other => throw new UnreachableException(other.GetType().Name),
        };

    StatusCodeHttpResult Broken(string exception, string? place)
    {
        log.AnsweringBroken("the playground", exception, place);
        return TypedResults.StatusCode(StatusCodes.Status500InternalServerError);
    }

    static string NewId() => Guid.NewGuid().ToString();
}
