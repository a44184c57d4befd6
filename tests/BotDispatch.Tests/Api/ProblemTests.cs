using BotDispatch.Tests.Alerts;
using BotDispatch.Tests.Flows;

namespace BotDispatch.Tests.Api;

/// <summary>Every refusal says what is wrong, as a text that can be read where it arrives.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/api", 404, "no-such-address", null)]
    [InlineData("GET", "/api/dispatch", 404, "no-such-address", null)]
    [InlineData("POST", "/api/alerts/prometheus", 404, "no-such-address", null)]
    [InlineData("PUT", "/api/dispatches", 405, "method", "POST")]
    [InlineData("GET", "/api/alerts/alertmanager", 405, "method", "POST")]
    [InlineData("DELETE", "/api/dispatches/x", 405, "method", "GET")]
    [InlineData("GET", "/api/dispatches/x", 404, "no-such-dispatch", null)]
    public async Task An_unknown_address_or_method_of_the_API_is_answered_with_problem_details(string method, string path, int status, string kind, string? allowed)
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        var (answered, body, answer) = await program.SendAsync(new(method), path, null);
        (answered, (int)answer.StatusCode, body.GetProperty("status").GetInt32()).ShouldBe((status, status, status));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.GetProperty("type").GetString().ShouldBe($"urn:botdispatch:problem:{kind}");
        if (allowed is not null)
        {
            answer.Content.Headers.Allow.ShouldContain(allowed);
            body.GetProperty("detail").GetString()!.ShouldContain(allowed);
        }
    }

    [Fact]
    public async Task Texts_of_answers_are_written_as_they_are()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        using var stranger = RemoteProgram.WithText(world, "x");
        var refused = (await stranger.StartAsync(new { title = "x" })).Body;
        refused.GetRawText().ShouldContain("'Authorization: Bearer KEY'");
        var started = (await program.StartAsync(new { title = "Lift's door <B> & Tür 7 + γ", people = (string[])["ann.lee"] })).Body;
        started.GetRawText().ShouldContain("Lift's door <B> & Tür 7 + γ");
        (await program.GetAsync($"/api/dispatches/{started.GetProperty("id").GetString()}/events")).Body.GetRawText().ShouldNotContain("\\u0");
    }

    [Theory]
    [InlineData("alertmanager", """{"alerts":[{}]}""", "alerts[0].labels", "alerts[0].status")]
    [InlineData("grafana", """{"alerts":[{"status":"firing","labels":{"a":"b"}},{"status":"firing","labels":{}}]}""", "alerts[1].labels")]
    [InlineData("alertmanager", """{"alerts":[{"status":"firing","labels":[]}]}""", "alerts[0].labels")]
    [InlineData("alertmanager", """{"alerts":[{"status":"firing"}]}""", "alerts[0].labels")]
    [InlineData("alertmanager", """{"alerts":[{"labels":{"alertname":"A"}}]}""", "alerts[0].status")]
    [InlineData("alertmanager", """{"alerts":[{"status":"FIRE","labels":{"alertname":"A"}}]}""", "alerts[0].status")]
    [InlineData("alertmanager", """{"alerts":["x"]}""", "alerts[0]")]
    [InlineData("alertmanager", """{"alerts":{}}""", "alerts")]
    [InlineData("grafana", "{}", "alerts")]
    [InlineData("icinga", """{"NOTIFICATIONTYPE":"PROBLEM"}""", "HOSTNAME")]
    [InlineData("icinga", """{"NOTIFICATIONTYPE":"$notification.type$","HOSTNAME":"x"}""", "NOTIFICATIONTYPE")]
    [InlineData("icinga", "{}", "HOSTNAME", "NOTIFICATIONTYPE")]
    [InlineData("zabbix", """{"EVENT.VALUE":"1"}""", "EVENT.ID")]
    [InlineData("zabbix", """{"EVENT.ID":"1"}""", "EVENT.VALUE")]
    [InlineData("zabbix", """{"EVENT.ID":"1","EVENT.VALUE":"2"}""", "EVENT.VALUE")]
    [InlineData("zabbix", """{"EVENT.ID":"{EVENT.ID}","EVENT.VALUE":"{EVENT.VALUE}"}""", "EVENT.ID", "EVENT.VALUE")]
    public async Task An_alert_without_what_its_sender_always_sends_calls_nobody_and_the_answer_names_each_wrong_field(string sender, string message, params string[] fields)
    {
        await using var world = await AlertWorld.BeginAsync();
        var (status, body, _) = await world.Sender.PostAsync($"/api/alerts/{sender}", message);
        status.ShouldBe(422);
        body.GetProperty("errors").EnumerateObject().Select(each => each.Name).ShouldBe(fields);
        foreach (var field in fields)
            body.GetProperty("detail").GetString()!.ShouldContain(field);
        await world.SettleAsync();
        (await world.AllAsync()).ShouldBeEmpty();
    }
}
