using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Inbound;

/// <summary>Whether a request comes from Teams. The reasons are for logs; whoever calls gets the status and no word.</summary>
internal abstract record CallerVerdict
{
    private CallerVerdict() { }

    /// <summary>It does.</summary>
    public sealed record Genuine : CallerVerdict;

    /// <summary>Nobody says who calls, or nobody whom we know.</summary>
    public sealed record Unproven(string Because) : CallerVerdict;

    /// <summary>It may be somebody whom we know, but they may not say this.</summary>
    public sealed record Forbidden(string Because) : CallerVerdict;

    /// <summary>The issuer's keys cannot be had, so nobody knows.</summary>
    public sealed record Undecided : CallerVerdict;

    /// <summary>The HTTP status that says it.</summary>
    public int Status => this switch
    {
        Genuine => StatusCodes.Status200OK,
        Unproven => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}

/// <summary>What an activity says of where it comes from: to be believed only if a token says the same.</summary>
/// <param name="ChannelId">The kind of chat, as <c>msteams</c>.</param>
/// <param name="ServiceUrl">Where answers are to be sent.</param>
/// <param name="Tenants">Every tenant that it names.</param>
internal sealed record ActivitySource(string? ChannelId, string? ServiceUrl, ImmutableArray<string> Tenants)
{
    public static ActivitySource Of(JsonElement activity) => new(
        activity.Text("channelId"), activity.Text("serviceUrl"),
        [.. new[] { activity.Text("conversation", "tenantId"), activity.Field("channelData")?.Text("tenant", "id") }.OfType<string>()]);
}
