using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BotDispatch.Api;
using BotDispatch.Storage;
using BotDispatch.Tests.Playground;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Api;

/// <summary>A program repeats a request at another node of the same PostgreSQL, while the first is still at it.</summary>
public sealed class SeveralNodesTests : IAsyncDisposable
{
    const int Rounds = 15;
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-nodes-").FullName;
    readonly List<PlaygroundHost> nodes = [];
    Ground? ground;
    string key = "";

    [Theory, OnPostgreSql]
    public async Task One_request_under_one_key_at_two_nodes_at_once_is_one_dispatch_and_one_answer(On on)
    {
        await BeginAsync(on);
        for (var round = 0; round < Rounds; round++)
        {
            var body = new { title = $"Lift {round} is stuck", people = (string[])["ann.lee"] };
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => StartAsync(n, body, $"alarm-{round}")));
            answers.ShouldAllBe(each => each.Status == HttpStatusCode.Created || each.Status == HttpStatusCode.OK);
            answers.Select(each => each.Body.GetProperty("id").GetString()).Distinct().ShouldHaveSingleItem();
            answers.Select(each => each.Body.GetProperty("ticket").GetRawText()).Distinct().ShouldHaveSingleItem();
        }
        (await ground!.CountAsync("dispatches")).ShouldBe(Rounds);
        (await ground.CountAsync("api_requests")).ShouldBe(Rounds);
    }

    [Theory, OnPostgreSql]
    public async Task Two_bodies_under_one_key_at_two_nodes_at_once_are_one_dispatch_and_the_other_is_422(On on)
    {
        await BeginAsync(on);
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => StartAsync(n, new { title = $"Lift {round} is stuck in {n % 2}", people = (string[])["ann.lee"] }, $"alarm-{round}")));
            var refused = answers.Index().Where(each => each.Item.Status == HttpStatusCode.UnprocessableEntity).ToList();
            refused.Count.ShouldBe(2, "both of one body, and none of the other");
            refused.Select(each => each.Index % 2).Distinct().ShouldHaveSingleItem();
            refused.ShouldAllBe(each => each.Item.Body.GetProperty("type").GetString()!.EndsWith("idempotency-key-reused"));
            answers.Where(each => each.Status != HttpStatusCode.UnprocessableEntity).Select(each => each.Body.GetProperty("id").GetString()).Distinct().ShouldHaveSingleItem();
        }
        (await ground!.CountAsync("dispatches")).ShouldBe(Rounds);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        if (ground is not null)
            await ground.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task BeginAsync(On on)
    {
        ground = await Ground.ReadyAsync(on);
        for (var n = 0; n < 2; n++)
            nodes.Add(await PlaygroundHost.StartAsync(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", ground.ConnectionString), ("Secrets:KeyFile", Path.Combine(folder, "secrets.key"))));
        (var id, key) = ApiKey.Create();
        (await nodes[0].Get<ApiKeyStore>().TryAddAsync(new(id, "lifts", ApiKey.HashOf(key), "start,read", "", "", DateTimeOffset.UtcNow), default)).ShouldBeTrue();
    }

    async Task<(HttpStatusCode Status, JsonElement Body)> StartAsync(int n, object body, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/dispatches") { Content = JsonContent.Create(body), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        request.Headers.Add("Idempotency-Key", name);
        using var answer = await nodes[n % 2].Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
