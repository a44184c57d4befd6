using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>The methods that open and rewrite dialogs and Home tabs.</summary>
internal sealed class ViewMethods(SlackStandIn slack)
{
    /// <remarks>https://docs.slack.dev/reference/methods/views.open</remarks>
    public ApiAnswer Open(ApiCall call)
    {
        if (Refused(call, "modal", out var content) is { } refused) return refused;
        var (trigger, error) = slack.Triggers.Exchange(call.Text("trigger_id"), call.Bot);
        if (trigger is null) return ApiAnswer.Error(error);
        if (IsTaken(call.Bot, content!)) return ApiAnswer.Error("duplicate_external_id");
        call.Bot.Dialogs.CloseAll(trigger.User);
        return AnswerWith(Add(call.Bot, trigger.User, content!, below: null));
    }

    /// <remarks>https://docs.slack.dev/reference/methods/views.push</remarks>
    public ApiAnswer Push(ApiCall call)
    {
        if (Refused(call, "modal", out var content) is { } refused) return refused;
        var (trigger, error) = slack.Triggers.Exchange(call.Text("trigger_id"), call.Bot);
        if (trigger is null) return ApiAnswer.Error(error);
        if (trigger.View is not { IsOpen: true, IsHome: false }) return ApiAnswer.Error("not_found");
        if (IsTaken(call.Bot, content!)) return ApiAnswer.Error("duplicate_external_id");
        return Push(call.Bot, trigger.User, content!) is { } pushed ? AnswerWith(pushed) : ApiAnswer.Error("push_limit_reached");
    }

    /// <remarks>https://docs.slack.dev/reference/methods/views.update</remarks>
    public static ApiAnswer Update(ApiCall call)
    {
        if (Refused(call, "modal", out var content) is { } refused) return refused;
        if (call.Bot.Dialogs.Find(call.Text("view_id"), call.Text("external_id")) is not { IsHome: false } view) return ApiAnswer.Error("not_found");
        return Rewritten(call, view, content!);
    }

    /// <remarks>https://docs.slack.dev/reference/methods/views.publish</remarks>
    public ApiAnswer Publish(ApiCall call)
    {
        if (Refused(call, "home", out var content) is { } refused) return refused;
        if (call.Text("user_id") is not { } user || call.Bot.FindPerson(user) is null) return ApiAnswer.Error("user_not_found");
        if (call.Bot.Dialogs.Homes.TryGetValue(user, out var home)) return Rewritten(call, home, content!);
        home = new(call.Bot, user, slack.Ids.Next("V"), content!, below: null);
        call.Bot.Dialogs.Homes.Add(user, home);
        return AnswerWith(home);
    }

    /// <summary>Puts one more upon what this person sees; null where three are.</summary>
    public OpenView? Push(Workspace team, string user, JsonObject content) =>
        team.Dialogs.Depth(user) >= Limits.Of("modal stack") ? null : Add(team, user, content, team.Dialogs.Top(user));

    OpenView Add(Workspace team, string user, JsonObject content, OpenView? below)
    {
        var view = new OpenView(team, user, slack.Ids.Next("V"), content, below);
        team.Dialogs.All.Add(view);
        return view;
    }

    static ApiAnswer Rewritten(ApiCall call, OpenView view, JsonObject content)
    {
        if (call.Text("hash") is { Length: > 0 } hash && hash != view.Hash) return ApiAnswer.Error("hash_conflict");
        view.Show(content);
        return AnswerWith(view);
    }

    static ApiAnswer? Refused(ApiCall call, string type, out JsonObject? content)
    {
        content = call.Node("view") as JsonObject;
        if (content is null) return ApiAnswer.Invalid("invalid_arguments", ["missing required field: view [json-pointer:/view]"]);
        if (ViewCheck.IsTooLarge(content)) return ApiAnswer.Error("view_too_large");
        return ViewCheck.Of(content, type) is { Count: > 0 } findings ? ApiAnswer.Invalid("invalid_arguments", findings) : null;
    }

    static bool IsTaken(Workspace team, JsonObject content) => team.Dialogs.Find(null, content.Word("external_id")) is not null;

    static ApiAnswer AnswerWith(OpenView view) => ApiAnswer.Ok(("view", view.ToJson()));
}
