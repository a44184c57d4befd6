using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Connector;

/// <summary>A member of a conversation.</summary>
/// <param name="Mri">As the bot mentions and addresses them.</param>
/// <param name="ObjectId">Their Entra object id; null for who has none, as another bot.</param>
/// <param name="Name">How people call them; empty if it is not told.</param>
/// <param name="Email">Their address, or what they sign in with; null if neither is told.</param>
internal sealed record TeamsMember(string Mri, string? ObjectId, string Name, string? Email);

/// <summary>A member who was looked for, or why it is not known whether there is one.</summary>
/// <param name="Member">Who was found; null if nobody was.</param>
/// <param name="Trouble">What ended the looking too early; null if everybody was looked at.</param>
internal sealed record Sought(TeamsMember? Member, ConnectorAnswer? Trouble);

/// <summary>Reads members out of the connector's answers.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context</remarks>
internal static class Members
{
    const int PageSize = 500;
    // A team has 25,000 members at most.
    const int MostPages = 50;

    // Whoever asks holds a lane of a dispatch meanwhile.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Asks for page after page until there is somebody of that kind, or no page any more.</summary>
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

    /// <summary>The members on one page; who has no id is nobody.</summary>
    public static IEnumerable<TeamsMember> Page(JsonElement body) => body.List("members").Select(One).OfType<TeamsMember>();

    /// <summary>One member; null if the answer is about nobody.</summary>
    public static TeamsMember? One(JsonElement said) => said.Name("id") is { } mri
        ? new(mri, said.Name("aadObjectId") ?? said.Name("objectId"), said.Name("name") ?? "", said.Name("email")
            ?? said.Name("userPrincipalName"))
        : null;
}
