using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Handlers;

/// <summary>Somebody who did something, and how they are answered.</summary>
/// <param name="DeliveryId">The same for the same wish.</param>
/// <param name="Who">As everybody else reads them.</param>
/// <param name="UserId">Their id for this bot.</param>
/// <param name="Where">In which conversation.</param>
/// <param name="Surface">Where an answer is drawn.</param>
/// <param name="IsTargeted">Only they may see it.</param>
/// <param name="Begun">When it came, as a timestamp of the clock.</param>
internal sealed record TeamsCaller(string DeliveryId, Person Who, string UserId, ConversationReference Where, Surface Surface, bool IsTargeted, long Begun)
{
    /// <summary>Whose conversation.</summary>
    public string Tenant => Where.Tenant;

    /// <summary>The same wish with as much time as nobody has to wait for.</summary>
    public static Delivery WithoutHurry(string id) => new(id, TimeSpan.FromSeconds(20));
}
