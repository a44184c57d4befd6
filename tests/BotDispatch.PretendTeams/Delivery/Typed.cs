using System.Net;
using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams.Delivery;

/// <summary>What a client makes of what somebody types: names after an at sign that were picked from its list become mentions.</summary>
internal static class Typed
{
    const string NoBreak = "\u00a0";

    /// <summary>The message, and whether the bot is mentioned in it.</summary>
    public static (JsonObject Message, bool IsForBot) Read(TeamsStandIn teams, Tenant tenant, string typed)
    {
        var bot = teams.Options.BotName;
        var text = WebUtility.HtmlEncode(typed);
        var html = text;
        var entities = new JsonArray();
        var isForBot = false;
        (string Name, string Id)[] known = [(bot, teams.Options.BotId), .. tenant.People.Select(person => (person.Name, person.Mri)).OrderByDescending(each => each.Name.Length)];
        foreach (var (name, id) in known)
        {
            if (text.IndexOf($"@{name}", StringComparison.Ordinal) is not (>= 0 and var at))
                continue;
            var token = $"<at>{name}</at>";
            // Clients put a blank that does not break after a mention.
            var rest = text[(at + name.Length + 1)..];
            text = text[..at] + token + (rest.StartsWith(' ') ? NoBreak + rest[1..] : rest);
            html = html.Replace($"@{name}", $"<span itemtype=\"http://schema.skype.com/Mention\" itemid=\"{entities.Count}\">{name}</span>", StringComparison.Ordinal);
            entities.Add(new JsonObject { ["type"] = "mention", ["text"] = token, ["mentioned"] = new JsonObject { ["id"] = id, ["name"] = name } });
            isForBot |= name == bot;
        }
        return (new()
        {
            ["type"] = "message",
            ["text"] = text + (entities.Count > 0 ? "\n" : ""),
            ["textFormat"] = "plain",
            ["entities"] = entities,
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = $"<div>{html}</div>" }),
        }, isForBot);
    }
}
