using System.Text.Json;
using BotDispatch.Slack.Api;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Install;

/// <summary>The one workspace of <c>Slack:BotToken</c>. Which one that is, Slack says when it is first asked; until then we know none, and ask again.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/auth.test</remarks>
internal sealed class OneWorkspace(SlackWire wire, DeadTokens dead, IOptions<SlackOptions> options, TimeProvider clock, ILogger<OneWorkspace> log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    readonly Lock gate = new();
    readonly string token = options.Value.BotToken.Trim();
    Task<Known?>? asking;
    Known? known;
    DateTimeOffset notBefore;

    /// <summary>What calls there are made with.</summary>
    public string Token => token;

    /// <summary>The workspace; null while nobody knows it.</summary>
    public async ValueTask<Installation?> GetAsync(CancellationToken ct) => (await KnownAsync(ct))?.Installation;

    /// <summary>Whether it is of that organisation.</summary>
    public async ValueTask<bool> IsOfAsync(string enterprise, CancellationToken ct) => (await KnownAsync(ct))?.Enterprise == enterprise;

    async ValueTask<Known?> KnownAsync(CancellationToken ct)
    {
        Task<Known?> joined;
        lock (gate)
        {
            if (known is not null)
                return known;
            if (asking is null && (clock.GetUtcNow() < notBefore || dead.Against("", token) is not null))
                return null;
            joined = asking ??= Task.Run(AskAsync, CancellationToken.None);
        }
        return await joined.WaitAsync(ct);
    }

    async Task<Known?> AskAsync()
    {
        Known? found = null;
        try
        {
            found = Read(await wire.AskAsync("auth.test", token, [], Limit, CancellationToken.None));
            return found;
        }
        finally
        {
            lock (gate)
                (known, asking, notBefore) = (found, null, clock.GetUtcNow() + Between);
        }
    }

    Known? Read(SlackHeard heard)
    {
        switch (heard.Answer)
        {
            case SlackAnswer.Ok ok when Read(ok.Body, heard.Scopes) is { } found:
                dead.Remove("");
                log.WorkspaceKnown(found.Installation.Id);
                return found;
            case SlackAnswer.Refused { Kind: Refusal.Token } refused:
                if (dead.Add("", token, refused.Error))
                    log.BotTokenDead(refused.Error);
                return null;
            case var other:
                log.WorkspaceUnknown(other.Why);
                return null;
        }
    }

    static Known? Read(JsonElement answer, string? scopes)
    {
        var enterprise = answer.Text("enterprise_id");
        var id = answer.Has("is_enterprise_install") ? enterprise : answer.Text("team_id");
        return id is not null && InstalledApp.IsId(id)
            ? new(new(id, answer.Text("team") ?? id, answer.Text("user_id") ?? "", SlackScopes.Read(scopes)), enterprise)
            : null;
    }

    sealed record Known(Installation Installation, string? Enterprise);
}
