using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;
using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Driver;

/// <summary>What came of sending a dialog.</summary>
public abstract record Submitted
{
    private Submitted() { }

    /// <summary>It closed; one below may be seen again.</summary>
    public sealed record Closed : Submitted;

    /// <summary>All dialogs closed.</summary>
    public sealed record Cleared : Submitted;

    /// <summary>It stays, and these texts stand at its fields.</summary>
    public sealed record Errors(IReadOnlyDictionary<string, string> ByBlock) : Submitted;

    /// <summary>It became another.</summary>
    public sealed record Updated(OpenView View) : Submitted;

    /// <summary>One more stands upon it.</summary>
    public sealed record Pushed(OpenView View) : Submitted;

    /// <summary>It was never sent: these fields must be filled in first.</summary>
    public sealed record Incomplete(IReadOnlyList<string> Blocks) : Submitted;

    /// <summary>It stays with an error from Slack itself, which is among the complaints.</summary>
    public sealed record Failed(string Because) : Submitted;
}

/// <summary>Sends a dialog and does what the answer says.</summary>
/// <remarks>https://docs.slack.dev/surfaces/modals</remarks>
internal sealed class Submitting(SlackStandIn slack, SlackUser user)
{
    public async Task<Submitted> SubmitAsync(OpenView view)
    {
        if (view.Content["submit"] is null) throw new InvalidOperationException($"'{view.Title}' has no button to send it");
        if (slack.Locked(() => Missing(view)) is { Count: > 0 } missing) return new Submitted.Incomplete(missing);
        var answer = await user.DoAsync(() => Payloads.Submission(slack, user, view), $"submission of '{view.Title}'");
        return answer.Trouble is { } trouble ? new Submitted.Failed(trouble) : slack.Locked(() => Read(view, answer));
    }

    Submitted Read(OpenView view, AppAnswer answer)
    {
        if (answer.IsEmpty)
        {
            view.IsOpen = false;
            return new Submitted.Closed();
        }
        switch (answer.Json.Word("response_action"))
        {
            case "errors":
                return Marked(view, answer.Json!["errors"] as JsonObject ?? []);
            case "clear":
                user.Team.Dialogs.CloseAll(user.Id);
                return new Submitted.Cleared();
            case "update" when View(answer) is { } content:
                view.Show(content);
                return new Submitted.Updated(view);
            case "push" when View(answer) is { } content && slack.Views.Push(user.Team, user.Id, content) is { } pushed:
                return new Submitted.Pushed(pushed);
            default:
                return Failed(view, $"an answer that means nothing: {answer.Body}");
        }
    }

    // Errors stand at input blocks alone; with any other key nothing is shown but a connection error.
    Submitted Marked(OpenView view, JsonObject errors)
    {
        var inputs = view.Blocks.Where(each => each.Word("type") == "input").Select(each => each.Word("block_id")).ToHashSet();
        if (errors.Count == 0 || errors.Any(each => !inputs.Contains(each.Key) || errors.Word(each.Key) is not { Length: > 0 })) return Failed(view, $"errors at what is no input block: {errors.Written()}");
        view.Errors = errors.ToDictionary(each => each.Key, each => errors.Word(each.Key)!);
        return new Submitted.Errors(view.Errors);
    }

    Submitted.Failed Failed(OpenView view, string because)
    {
        slack.Complain(user.Id, "dialog_error", $"submission of '{view.Title}': {because}");
        return new Submitted.Failed(because);
    }

    static JsonObject? View(AppAnswer answer) => answer.Json!["view"] is JsonObject view && ViewCheck.Of(view, "modal").Count == 0 ? view : null;

    // Slack itself keeps a dialog from being sent while a field that is not optional is empty.
    static List<string> Missing(OpenView view) =>
    [
        .. from block in view.Blocks.OfType<JsonObject>()
           where block.Word("type") == "input" && !block.Flag("optional")
           let id = block.Word("block_id")!
           let element = block["element"]!.AsObject()
           let value = view[id, element.Word("action_id")!]
           where !FieldState.Chosen(value).Any() || Length(value) < ((int?)element["min_length"] ?? 0)
           select id,
    ];

    static int Length(JsonObject? value) => value.Word("value")?.Length ?? int.MaxValue;
}
