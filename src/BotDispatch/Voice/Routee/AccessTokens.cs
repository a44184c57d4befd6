using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Http;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Keeps Routee's access token and requests a new one when it is needed. All callers share one refresh; each waits at most <see
/// cref="LongestWait"/>.
/// </summary>
internal sealed class AccessTokens(IHttpMessageHandlerFactory handlers, IOptions<RouteeOptions> options, TimeProvider clock,
    ILogger<AccessTokens> log)
{
    public const string Client = "Routee.Auth";

    /// <summary>How long one caller waits. A refresh that takes longer goes on, and later callers use its token.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(30);
    const double UnknownLife = 300;
    // Routee's "Unlimited" is 20 years. A longer lifetime is an error.
    const double LongestLife = 631_139_040;

    readonly Lock gate = new();
    Token? held;
    Task<Outcome>? refreshing;

    /// <summary>
    /// Returns a token other than <paramref name="refused"/>. A caller whose token was already replaced gets the replacement.
    /// </summary>
    public async ValueTask<Outcome> GetAsync(Token? refused, CancellationToken ct)
    {
        TaskCompletionSource<Outcome>? mine = null;
        Task<Outcome> refresh;
        lock (gate)
        {
            if (Good(refused) is { } ready)
                return new Outcome.Have(ready);
            refresh = refreshing ??= (mine = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        if (mine is not null)
            _ = RefreshAsync(mine);
        try
        {
            return await refresh.WaitAsync(LongestWait, clock, ct);
        }
        catch (TimeoutException)
        {
            log.NoToken(LineDownReason.Unreachable, "no answer in time");
            return new Outcome.None(LineDownReason.Unreachable, "no token in time");
        }
    }

    // The refresh belongs to no caller, so a caller that stops waiting does not cancel it. Its retries are limited, so it ends.
    async Task RefreshAsync(TaskCompletionSource<Outcome> refreshed)
    {
        Outcome outcome;
        try
        {
            outcome = await AskAsync(CancellationToken.None);
        }
        catch (Exception broken)
        {
            log.TokenBroke(broken);
            outcome = new Outcome.None(LineDownReason.Unreachable, broken.GetType().Name);
        }
        lock (gate)
            refreshing = null;
        refreshed.SetResult(outcome);
    }

    Token? Good(Token? refused) =>
        Volatile.Read(ref held) is { } token && !ReferenceEquals(token, refused) && clock.GetUtcNow() < token.UseUntil ? token : null;

    async Task<Outcome> AskAsync(CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        var result = await RouteeResult.FromAsync(handlers.InvokerOf(Client), Request(), ct);
        var outcome = result switch
        {
            RouteeResult.Answer { IsGood: true } answer => Read(answer, asked),
            RouteeResult.Answer { Status: HttpStatusCode.TooManyRequests } =>
                new Outcome.None(LineDownReason.Throttled, "asked for too many tokens"),
            RouteeResult.Answer { IsRefusal: true } answer =>
                new Outcome.None(LineDownReason.BadCredentials, $"credentials refused with {(int)answer.Status}"),
            RouteeResult.Answer answer => new Outcome.None(LineDownReason.Unreachable, $"answered {(int)answer.Status}"),
            RouteeResult.NotSent unsent => new Outcome.None(unsent.Reason, unsent.Because),
            RouteeResult.Lost lost => new Outcome.None(LineDownReason.Unreachable, lost.Because),
            _ => new Outcome.None(LineDownReason.Unreachable, "no answer"),
        };
        Volatile.Write(ref held, (outcome as Outcome.Have)?.Token);
        if (outcome is Outcome.None none)
            log.NoToken(none.Reason, none.Because);
        return outcome;
    }

    HttpRequestMessage Request()
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ApplicationId}:{options.Value.ApplicationSecret}"));
        return new(HttpMethod.Post, new Uri(options.Value.AuthBaseAddress!.AsFolder(), "oauth/token"))
        {
            Headers = { Authorization = new("Basic", basic) },
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
    }

    static Outcome Read(RouteeResult.Answer result, DateTimeOffset asked)
    {
        if (result.ReadJson() is not { } answer || answer.Text("access_token") is not { Length: > 0 } value
            || !AuthenticationHeaderValue.TryParse($"Bearer {value}", out var header)
            || answer.Text("token_type") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return new Outcome.None(LineDownReason.Unreachable, "an answer without a token");
        if (!MayPhone(answer))
            return new Outcome.None(LineDownReason.BadCredentials, "the application has no right to phone");
        var life = TimeSpan.FromSeconds((double)Math.Clamp(answer.Number("expires_in") ?? (decimal)UnknownLife, 0, (decimal)LongestLife));
        var margin = life / 10 < LongestMargin ? life / 10 : LongestMargin;
        return new Outcome.Have(new(header, asked + life - margin));
    }

    // Routee also issues tokens to applications without the voice service. If the answer lists neither scopes nor services, we assume the
    // right to call.
    static bool MayPhone(JsonElement answer)
    {
        var scope = answer.Words("scope");
        var permissions = answer.Words("permissions");
        return scope.Count == 0 && permissions.Count == 0
            || scope.Contains("voice", StringComparer.OrdinalIgnoreCase)
            || permissions.Contains("MT_ROLE_VOICE", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>One token. Routee may issue equal texts, so tokens are compared by reference.</summary>
    internal sealed class Token(AuthenticationHeaderValue header, DateTimeOffset useUntil)
    {
        public AuthenticationHeaderValue Header => header;
        public DateTimeOffset UseUntil => useUntil;
    }

    /// <summary>A token, or the reason why there is none.</summary>
    internal abstract record Outcome
    {
        private Outcome() { }

        public sealed record Have(Token Token) : Outcome;

        public sealed record None(LineDownReason Reason, string Because) : Outcome;
    }
}
