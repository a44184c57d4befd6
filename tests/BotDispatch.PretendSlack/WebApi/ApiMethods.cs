using System.Collections.Frozen;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>Whose token a method wants.</summary>
internal enum TokenKind
{
    /// <summary>The bot's.</summary>
    Bot,
    /// <summary>The app's own.</summary>
    App,
    /// <summary>None: it brings id and secret.</summary>
    None,
}

/// <summary>One method of the Web API.</summary>
/// <param name="Answer">Does it.</param>
/// <param name="Scope">Without it, the method answers <c>missing_scope</c>; null for none.</param>
/// <param name="TakesJson">Methods that read take forms alone.</param>
/// <param name="Token">Whose token it wants.</param>
internal sealed record ApiMethod(Func<ApiCall, ApiAnswer> Answer, string? Scope = null, bool TakesJson = false, TokenKind Token = TokenKind.Bot);

/// <summary>The table of methods; what is not in it answers <c>unknown_method</c>.</summary>
internal static class ApiMethods
{
    public static FrozenDictionary<string, ApiMethod> Of(SlackStandIn slack)
    {
        var (chat, views, installs) =
            (new ChatMethods(slack), new ViewMethods(slack), new InstallMethods(slack));
        return new Dictionary<string, ApiMethod>
        {
            ["auth.test"] = new(InstallMethods.Test, TakesJson: true),
            ["auth.revoke"] = new(installs.Revoke),
            ["oauth.v2.access"] = new(installs.Access, Token: TokenKind.None),
            ["apps.connections.open"] = new(installs.OpenConnection, TakesJson: true, Token: TokenKind.App),
            ["chat.postMessage"] = new(chat.Post, "chat:write", TakesJson: true),
            ["chat.update"] = new(chat.Update, "chat:write", TakesJson: true),
            ["chat.delete"] = new(ChatMethods.Delete, "chat:write", TakesJson: true),
            ["chat.postEphemeral"] = new(chat.PostEphemeral, "chat:write", TakesJson: true),
            ["chat.getPermalink"] = new(ChatMethods.Permalink),
            ["conversations.info"] = new(ConversationMethods.Info),
            ["conversations.members"] = new(ConversationMethods.Members),
            ["conversations.open"] = new(ConversationMethods.Open, "im:write", TakesJson: true),
            ["conversations.history"] = new(ConversationMethods.History),
            ["conversations.replies"] = new(ConversationMethods.Replies),
            ["users.info"] = new(UserMethods.Info, "users:read"),
            ["users.list"] = new(UserMethods.List, "users:read"),
            ["users.lookupByEmail"] = new(UserMethods.ByEmail, "users:read.email"),
            ["users.profile.get"] = new(UserMethods.Profile, "users.profile:read"),
            ["team.profile.get"] = new(UserMethods.Fields, "users.profile:read"),
            ["usergroups.list"] = new(UserMethods.Groups, "usergroups:read"),
            ["usergroups.users.list"] = new(UserMethods.InGroup, "usergroups:read"),
            ["dnd.teamInfo"] = new(UserMethods.DoNotDisturb, "dnd:read"),
            ["views.open"] = new(views.Open, TakesJson: true),
            ["views.push"] = new(views.Push, TakesJson: true),
            ["views.update"] = new(ViewMethods.Update, TakesJson: true),
            ["views.publish"] = new(views.Publish, TakesJson: true),
        }.ToFrozenDictionary();
    }
}
