using System.Globalization;
using System.Text;
using BotDispatch.Chat;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack;

/// <summary>Reads a command and a sent dialog and draws a dialog at the start, because the first run of that code is slow.</summary>
internal sealed class SlackWarmup(
    FormWarmup forms, SlackSignature signature, IHttpClientFactory clients, IOptions<SlackOptions> options, TimeProvider clock) : IWarmup
{
    public async Task WarmUpAsync(CancellationToken ct)
    {
        if (!options.Value.IsOn)
            return;
        var command = Encoding.UTF8.GetBytes("command=%2Fdispatch&text=INC-1042&team_id=T0&channel_id=C0&user_id=U0&trigger_id=1.2"
            + "&response_url=https%3A%2F%2Fhooks.slack.com%2F1");
        signature.Check(command, clock.WallNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "v0=" + new string('0', 64));
        PayloadReader.ReadForm(command);
        var form = forms.Form();
        var view = FormView.Of(form, DialogContext.Of(form, new(SlackAddress.Platform, "T0/C0")));
        view["id"] = "V0";
        view["hash"] = "0";
        var picked = Blocks.Of((FormView.PeopleAction, Blocks.Of(("type", "multi_static_select"))));
        view["state"] = Blocks.Of(("values", Blocks.Of((FormView.PeopleBlock, picked))));
        var sent = Blocks.Of(
            ("type", "view_submission"), ("user", Blocks.Of(("id", "U0"))), ("team", Blocks.Of(("id", "T0"))), ("view", view));
        var payload = Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(sent.ToJsonString()));
        if (PayloadReader.ReadForm(payload) is SlackBody.Delivered { What.View: { } read })
        {
            ViewReader.Fields(read);
            DialogContextCodec.Read(read.PrivateMetadata);
        }
        using var http = clients.CreateClient(SlackHttp.Client);
        using var content = SlackForm.Of(new() { ["trigger_id"] = "1.2", ["view"] = LoadingView.Of() });
        await content.ReadAsByteArrayAsync(ct);
    }
}
