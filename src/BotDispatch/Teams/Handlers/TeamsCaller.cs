using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>A person who did something, and how they are answered.</summary>
/// <param name="DeliveryId">Names what they did.</param>
/// <param name="Who">The person as everybody else reads them.</param>
/// <param name="UserId">Their id for this bot.</param>
/// <param name="Where">In which conversation.</param>
/// <param name="Surface">Where an answer is drawn.</param>
/// <param name="IsTargeted">Only they may see it.</param>
/// <param name="Begun">When it came, as a timestamp of the clock.</param>
internal sealed record TeamsCaller(
    string DeliveryId, Person Who, string UserId, ConversationReference Where, Surface Surface, bool IsTargeted, long Begun)
{
    /// <summary>The tenant of the conversation.</summary>
    public string Tenant => Where.Tenant;
}
