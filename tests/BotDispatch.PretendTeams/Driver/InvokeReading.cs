using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Cards;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Driver;

/// <summary>Shows somebody what an invoke was answered with, or the error that Teams shows in its place.</summary>
/// <remarks>https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model and https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
internal sealed class InvokeReading(TeamsStandIn teams, TeamsUser user)
{
    /// <summary>A card's button was answered.</summary>
    public void Card(Post post, AppAnswer answer)
    {
        if (!WasAccepted(answer, "a button"))
            return;
        var value = answer.Json?["value"];
        switch (((int?)(answer.Json as JsonObject)?["statusCode"], answer.Json.Word("type")))
        {
            case (200, CardReading.ContentType) when CardCheck.Of(value) is { Count: 0 }:
                post.ShowTo(user.Person, value!.DeepClone().AsObject());
                break;
            case (200, "application/vnd.microsoft.activity.message") when value is JsonValue text:
                if (text.ToString() is { Length: > 0 } said)
                    user.Hear(Way.UnderCard, said);
                break;
            case (400 or 500, "application/vnd.microsoft.error") when value.Word("message") is { Length: > 0 } words:
                user.Hear(Way.Error, words);
                break;
            default:
                Complain("a button was answered with what means nothing", answer);
                break;
        }
    }

    /// <summary>A dialog was asked for or sent.</summary>
    public void Task(DialogOrigin origin, AppAnswer answer, bool isSent)
    {
        if (!WasAccepted(answer, "a dialog"))
            return;
        switch (answer.Json?["task"].Word("type"))
        {
            case "continue" when answer.Json["task"]!["value"] is JsonObject value && value.Word("title") is { Length: > 0 } title && value["card"].Word("contentType") == CardReading.ContentType:
                if (CardCheck.Of(value["card"]!["content"], isDialog: true) is { Count: > 0 } wrong)
                    Complain($"a dialog that is not shown: {string.Join("; ", wrong)}", answer);
                else
                    user.Dialog = new(title, value["card"]!["content"]!.DeepClone().AsObject(), origin);
                break;
            case "message" when answer.Json["task"].Word("value") is { Length: > 0 } words:
                user.Dialog = null;
                user.Hear(Way.Dialog, words);
                break;
            // A message extension must say at least that there is nothing.
            case null when isSent && (answer.Json is JsonObject { Count: 0 } || (origin.Command is null && answer.Body.Length == 0)):
                user.Dialog = null;
                break;
            default:
                Complain("a dialog was answered with what means nothing", answer);
                break;
        }
    }

    /// <summary>What a field offers for what was typed into it.</summary>
    public IReadOnlyList<(string Title, string Value)> Found(AppAnswer answer)
    {
        if (!WasAccepted(answer, "a search"))
            return [];
        if (answer.Json.Word("type") == "application/vnd.microsoft.search.searchResponse" && (int?)answer.Json!["statusCode"] == 200 && answer.Json["value"]?["results"] is JsonArray)
            return [.. answer.Json["value"].Objects("results").Select(each => (each.Word("title") ?? "", each.Word("value") ?? ""))];
        Complain("a search was answered with what means nothing", answer);
        return [];
    }

    bool WasAccepted(AppAnswer answer, string what)
    {
        if (!answer.WasAccepted)
            Complain($"{what}: {answer.Trouble ?? "unable to reach app"}", answer);
        return answer.WasAccepted;
    }

    void Complain(string what, AppAnswer answer) => teams.Complain(user.Person, $"{what}; status {answer.Status} {answer.Body}");
}
