using System.Collections.Immutable;

namespace BotDispatch.Slack.Install;

/// <summary>The app as it is installed in one workspace, or in a whole organisation.</summary>
/// <param name="Id">The workspace's id, or the organisation's for an org-wide installation.</param>
/// <param name="Name">Its name.</param>
/// <param name="BotUserId">The bot's own user, for mentions of it.</param>
/// <param name="Scopes">The scopes that the app has there.</param>
internal sealed record Installation(string Id, string Name, string BotUserId, ImmutableHashSet<string> Scopes);

/// <summary>Knows where the app is installed.</summary>
internal interface IInstallations
{
    /// <summary>Returns the installation with that id; null if there is no working one.</summary>
    ValueTask<Installation?> FindAsync(string id, CancellationToken ct);

    /// <summary>
    /// Returns the id of the installation that a delivery belongs to: the workspace's, else the organisation's; null if the app is in
    /// neither.
    /// </summary>
    ValueTask<string?> LocateAsync(string? team, string? enterprise, CancellationToken ct);

    /// <summary>Notes that the app was removed there, or its tokens were revoked. Nothing of it is kept.</summary>
    Task ForgetAsync(string id, CancellationToken ct);
}

/// <summary>A token to call with, or why there is none.</summary>
internal abstract record TokenAnswer
{
    private TokenAnswer() { }

    public sealed record Have(string Value) : TokenAnswer
    {
        /// <summary>Leaves the token out, which no log may show.</summary>
        public override string ToString() => nameof(Have);
    }

    /// <summary>Slack refused the token with this word, and was not asked again.</summary>
    public sealed record Dead(string Error) : TokenAnswer;

    /// <summary>There is no token now.</summary>
    public sealed record Later(string Because) : TokenAnswer;

    /// <summary>The app is not installed there.</summary>
    public sealed record None : TokenAnswer;
}

/// <summary>The scopes that the app asks for; the same as in its manifest.</summary>
/// <remarks>https://docs.slack.dev/reference/scopes</remarks>
internal static class SlackScopes
{
    /// <summary>The app does not work without these.</summary>
    public static readonly ImmutableArray<string> Required =
        ["commands", "chat:write", "users:read", "users:read.email", "im:write", "app_mentions:read", "channels:read", "groups:read"];

    /// <summary>
    /// The app works better with these: it finds a post whose answer was lost, and needs no invitation to public channels.
    /// </summary>
    public static readonly ImmutableArray<string> Optional = ["channels:history", "groups:history", "chat:write.public"];

    /// <summary>The list for a request for installation. The manifest says which of them may be declined.</summary>
    public static string Asked => string.Join(',', Required.AddRange(Optional));

    /// <summary>Reads Slack's list.</summary>
    public static ImmutableHashSet<string> Read(string? list) => [.. (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)];
}
