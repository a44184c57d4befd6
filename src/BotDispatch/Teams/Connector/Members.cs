using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>A member of a conversation.</summary>
/// <param name="Mri">The id by which the bot mentions and addresses them.</param>
/// <param name="ObjectId">Their Entra object id; null for a member without one, such as another bot.</param>
/// <param name="Name">Their name; empty if Teams does not send it.</param>
/// <param name="Email">Their email, or their sign-in name; null if Teams sends neither.</param>
internal sealed record TeamsMember(string Mri, string? ObjectId, string Name, string? Email);

/// <summary>The result of looking for a member.</summary>
/// <param name="Member">The member; null if none was found.</param>
/// <param name="Trouble">What ended the search too early; null if all members were read.</param>
internal sealed record Sought(TeamsMember? Member, ConnectorAnswer? Trouble);

/// <summary>Reads members from the connector's answers.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context</remarks>
internal static class Members
{
    const int PageSize = 500;
    // A team has 25,000 members at most.
    const int MostPages = 50;

    // The caller holds a lane of a dispatch meanwhile.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Reads page after page until the member is found, or no page is left.</summary>
    public static async Task<Sought> FindAsync(
        IConnector connector, string serviceUrl, string conversation, Func<TeamsMember, bool> isMeant, TimeProvider clock,
            CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        string? continuation = null;
        for (var page = 0; page < MostPages && clock.GetElapsedTime(begun) < Longest; page++)
        {
            var answer = await connector.CallAsync(new ConnectorCall.Members(serviceUrl, conversation, PageSize, continuation), ct);
            if (answer is not ConnectorAnswer.Done { Body: var body })
                return new(null, answer);
            if (Page(body).FirstOrDefault(isMeant) is { } found)
                return new(found, null);
            var next = body.Name("continuationToken");
            // The same page again would be the last page for ever.
            if (next is null || next == continuation)
                return new(null, null);
            continuation = next;
        }
        return new(null, new ConnectorAnswer.Lost("there are more members than can be read in a minute"));
    }

    /// <summary>Returns the members on one page. An entry without an id is left out.</summary>
    public static IEnumerable<TeamsMember> Page(JsonElement body) => body.List("members").Select(One).OfType<TeamsMember>();

    /// <summary>Returns one member; null if the answer names none.</summary>
    public static TeamsMember? One(JsonElement said) => said.Name("id") is { } mri
        ? new(mri, said.Name("aadObjectId") ?? said.Name("objectId"), said.Name("name") ?? "", said.Name("email")
            ?? said.Name("userPrincipalName"))
        : null;
}
