using System.Text.Json.Nodes;
using BotDispatch.Slack.Install;
using BotDispatch.Tests.Adapters.Slack.Api;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Adapters.Slack.Install;

/// <summary>An installation whose token ends after twelve hours, as captured, and Slack's answer to its refresh token.</summary>
internal static class Rotating
{
    static readonly JsonNode Flow = Captured.Read("oauth/install_and_rotation.json");

    public static readonly JsonNode Refresh = Flow["refresh_when_expiring_within_2h"]![0]!;

    public static async Task<SlackRoom> RoomAsync(Ground ground, AnsweringSlack? slack = null)
    {
        var room = SlackRoom.ByOAuth(ground, slack);
        OnRefreshed(room.Slack);
        await room.InstallAsync(InstalledApp.Read(Captured.Json(Flow["token_exchange"]![0]!["response"]!["body"]!.ToJsonString()), room.Clock.GetUtcNow()).ShouldNotBeNull());
        return room;
    }

    public static void OnRefreshed(AnsweringSlack slack) => slack.On("oauth.v2.access", _ => AnsweringSlack.Answer(Refresh["response"]!["body"]!));

    /// <summary>Until no refresh is under way, moving time for one that looks again.</summary>
    public static async Task SettleAsync(SlackRoom room)
    {
        var app = (await room.Get<StoredInstallations>().FindAsync("T0ACME", default)).ShouldNotBeNull();
        if (room.Get<TokenRotation>().Running(app.App.Id) is not { } running)
            return;
        while (!running.IsCompleted)
        {
            await Task.Yield();
            if (room.Clock.NextTimer is { } next && next <= room.Clock.GetUtcNow() + TimeSpan.FromSeconds(1))
                room.Clock.AdvanceTo(next);
        }
    }
}
