using System.Collections.Immutable;
using System.Text.Json;

namespace BotDispatch.Teams.Connector;

/// <summary>A member of a conversation.</summary>
/// <param name="Mri">As the bot mentions and addresses them.</param>
/// <param name="ObjectId">Their Entra object id; null for who has none, as another bot.</param>
/// <param name="Name">How people call them; empty if it is not told.</param>
/// <param name="Email">Their address, or what they sign in with; null if neither is told.</param>
internal sealed record TeamsMember(string Mri, string? ObjectId, string Name, string? Email);

/// <summary>All members of a conversation, or why they are not known.</summary>
/// <param name="All">Who was read until then.</param>
/// <param name="Trouble">What ended the reading too early; null if everybody is here.</param>
internal sealed record Roster(ImmutableArray<TeamsMember> All, ConnectorAnswer? Trouble);

/// <summary>Reads members out of the connector's answers.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context</remarks>
internal static class Members
{
    const int PageSize = 500;
    // A team has 25,000 members at most.
    const int MostPages = 50;

    /// <summary>Asks for page after page until there is none.</summary>
    public static async Task<Roster> ReadAllAsync(CallConnector call, string serviceUrl, string conversation, CancellationToken ct)
    {
        var all = ImmutableArray.CreateBuilder<TeamsMember>();
        string? continuation = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await call(new ConnectorCall.Members(serviceUrl, conversation, PageSize, continuation), ct);
            if (answer is not ConnectorAnswer.Done { Body: var body })
                return new(all.ToImmutable(), answer);
            all.AddRange(Page(body));
            var next = body.Word("continuationToken");
            // The same page again would be the last page for ever.
            if (next is null || next == continuation)
                return new(all.ToImmutable(), null);
            continuation = next;
        }
        return new(all.ToImmutable(), new ConnectorAnswer.Lost("more pages than anybody has members"));
    }

    /// <summary>The members on one page; who has no id is nobody.</summary>
    public static IEnumerable<TeamsMember> Page(JsonElement body) =>
        body.Field("members") is { ValueKind: JsonValueKind.Array } members ? members.EnumerateArray().Select(One).OfType<TeamsMember>() : [];

    /// <summary>One member; null if the answer is about nobody.</summary>
    public static TeamsMember? One(JsonElement said) => said.Word("id") is { } mri
        ? new(mri, said.Word("aadObjectId") ?? said.Word("objectId"), said.Word("name") ?? "", said.Word("email") ?? said.Word("userPrincipalName"))
        : null;
}
