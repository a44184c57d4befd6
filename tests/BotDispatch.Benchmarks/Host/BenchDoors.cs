using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Benchmarks.Host;

/// <summary>Where the pretend chat sends commands and dialogs: each does what an adapter does between reading a request and answering it.</summary>
internal sealed class BenchDoors : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, onwards) =>
        {
            switch (http.Request.Path.Value)
            {
                case "/bench/command":
                    await CommandAsync(http);
                    break;
                case "/bench/dialog":
                    await DialogAsync(http);
                    break;
                case "/bench/memory":
                    await http.Response.WriteAsync(GC.GetTotalMemory(forceFullCollection: false).ToString(System.Globalization.CultureInfo.InvariantCulture));
                    break;
                default:
                    await onwards(http);
                    break;
            }
        });
        next(app);
    };

    static async Task CommandAsync(HttpContext http)
    {
        var command = (await JsonSerializer.DeserializeAsync(http.Request.Body, BenchDoorsJson.Default.TypedCommand, http.RequestAborted))!;
        var answer = await http.RequestServices.GetRequiredService<ChatCommands>().CommandAsync(Who(command.User), Where(command.Channel), command.Text, new Delivery(command.Delivery), http.RequestAborted);
        var shown = answer is ChatReply.OpenForm { Form: var form }
            ? new ShownDialog(form.FormId, form.Ticket.Reference, [.. form.People.Select(person => $"{person.Name}|{person.Hint}|{person.SpokenPreview}")])
            : new ShownDialog("", (answer as ChatReply.Private)?.Text ?? "", []);
        await AnswerAsync(http, shown, BenchDoorsJson.Default.ShownDialog);
    }

    static async Task DialogAsync(HttpContext http)
    {
        var sent = (await JsonSerializer.DeserializeAsync(http.Request.Body, BenchDoorsJson.Default.SentDialog, http.RequestAborted))!;
        var form = new FormSubmission(sent.Form, Who(sent.User), Where(sent.Channel), sent.Ticket, [.. sent.People.Select(id => new EmployeeId(id))], null, null);
        var answer = await http.RequestServices.GetRequiredService<FormSubmitting>().SubmitAsync(form, http.RequestAborted);
        var started = answer is ChatReply.Started { Dispatch: var id } ? new StartedDispatch(id.Value, "") : new StartedDispatch("", answer.ToString()!);
        await AnswerAsync(http, started, BenchDoorsJson.Default.StartedDispatch);
    }

    static Task AnswerAsync<T>(HttpContext http, T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes).AsTask();
    }

    static Person Who(string user) => new(BenchChat.Platform, user, user);

    static ChatChannel Where(string channel) => new(BenchChat.Platform, channel);
}

/// <summary>A slash command.</summary>
internal sealed record TypedCommand(string User, string Channel, string Text, string Delivery);

/// <summary>The dialog that opens; without an id, why none does.</summary>
internal sealed record ShownDialog(string Form, string Ticket, string[] People);

/// <summary>The dialog as it was sent.</summary>
internal sealed record SentDialog(string User, string Channel, string Form, string Ticket, string[] People);

/// <summary>The dispatch that runs; without an id, why none does.</summary>
internal sealed record StartedDispatch(string Dispatch, string Because);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(TypedCommand))]
[JsonSerializable(typeof(ShownDialog))]
[JsonSerializable(typeof(SentDialog))]
[JsonSerializable(typeof(StartedDispatch))]
internal sealed partial class BenchDoorsJson : JsonSerializerContext;
