using System.Collections.Immutable;

namespace BotDispatch.Slack.Install;

/// <summary>The app as it stands in one workspace, or in a whole organisation.</summary>
/// <param name="Id">The workspace's id, or the organisation's for an org-wide installation.</param>
/// <param name="Name">How people call it.</param>
/// <param name="BotUserId">The bot's own user, for mentions of it.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Installation(string Id, string Name, string BotUserId, ImmutableHashSet<string> Scopes);

/// <summary>Where the app is installed.</summary>
internal interface IInstallations
{
    /// <summary>The installation of that id; null if there is none that still works.</summary>
    ValueTask<Installation?> FindAsync(string id, CancellationToken ct);

    /// <summary>The id of the installation that a delivery belongs to: the workspace's, else the organisation's; null if the app is in neither.</summary>
    ValueTask<string?> LocateAsync(string? team, string? enterprise, CancellationToken ct);

    /// <summary>The app was removed there, or its tokens were revoked: nothing of it is kept.</summary>
    Task ForgetAsync(string id, CancellationToken ct);
}
