using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Teams;

namespace BotDispatch.Hosting;

/// <summary>Reads the places of Slack and Teams, and in Development those of other chats, which are written as <c>name:place</c>.</summary>
/// <remarks>The start check reads places before any chat platform exists. Platforms are therefore resolved only when needed.</remarks>
internal sealed class PlaceReader(IHostEnvironment environment, IServiceProvider services) : IPlaceReader
{
    public ChatChannel? Read(string written) =>
        SlackAddress.Read(written) ?? TeamsAddress.Read(written) ?? (environment.IsDevelopment() ? ReadOther(written) : null);

    ChatChannel? ReadOther(string written) =>
        !written.Contains("://", StringComparison.Ordinal) && written.Contains(':', StringComparison.Ordinal)
            ? services.GetServices<IChatPlatform>().Select(each => each.ReadPlace(written)).FirstOrDefault(each => each is not null)
            : null;
}
