using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams;

/// <summary>Reads a command and a sent dialog and draws a dialog at the start, because the first run of that code is slow.</summary>
internal sealed class TeamsWarmup(
    FormWarmup forms, ProtectedPayloads payloads, ActivityReader reader, TeamsStore store, IHttpClientFactory clients,
    IOptions<TeamsOptions> options) : IWarmup
{
    const string Tenant = "00000000-0000-0000-0000-000000000000";

    public async Task WarmUpAsync(CancellationToken ct)
    {
        if (!options.Value.IsOn)
            return;
        var form = forms.Form();
        var kept = payloads.ProtectDialog(Tenant, "29:0", DialogContext.Of(form, TeamsAddress.Channel(Tenant, "19:0")));
        payloads.OpenDialog(Tenant, "29:0", kept);
        var card = DispatchDialog.Of(form, new(Surface.Dialog, kept, ConversationKind.Channel, ImmutableDictionary<string, string>.Empty));
        Read("""
            {"type":"message","id":"1","channelId":"msteams","text":"<at>Bot</at> INC-1042",
             "entities":[{"type":"mention","text":"<at>Bot</at>","mentioned":{"id":"28:0"}}],
             "recipient":{"id":"28:0"},"from":{"id":"29:0"},"conversation":{"id":"19:0","conversationType":"channel"}}
            """);
        var sent = new JsonObject
        {
            ["type"] = "invoke",
            ["name"] = "task/submit",
            ["conversation"] = new JsonObject { ["id"] = "19:0" },
            ["value"] = new JsonObject { ["data"] = DialogData.Button(DialogIntent.Send, kept, form.Picked) },
        };
        if (Read(SafeJson.Write(sent)) is { Kind: var kind and not InvokeKind.None })
            SafeJson.Write(InvokeAnswer.Of(kind, new TeamsReply.Dialog("Dispatch", card)).Body!);
        using var http = clients.CreateClient(TeamsHttp.Connector);
        await store.FindConversationAsync(Tenant, "19:0", ct);
    }

    TeamsDelivery? Read(string activity) => SafeJson.Read(Encoding.UTF8.GetBytes(activity), reader.Read);
}
