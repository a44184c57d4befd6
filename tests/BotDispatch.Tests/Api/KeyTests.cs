using System.Net.Http.Headers;
using System.Text;
using BotDispatch.Api;
using BotDispatch.Storage;
using BotDispatch.Tests.Flows;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Api;

public sealed class KeyTests
{
    static readonly object Lift = new { title = "Lift 2 is stuck", people = (string[])["ann.lee"] };

    [Fact]
    public async Task Without_a_valid_key_nothing_is_done_and_a_hundred_failures_are_enough()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        foreach (var wrong in (string[])["", "x", ApiKey.Create().Text])
        {
            using var stranger = RemoteProgram.WithText(world, wrong);
            var (status, _, answer) = await stranger.StartAsync(Lift);
            status.ShouldBe(401);
            answer.Headers.WwwAuthenticate.Select(each => each.Scheme).ShouldBe(["Bearer", "Basic"]);
        }
        (await world.App.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_may_be_the_password_of_basic_authentication()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var program = await RemoteProgram.WithKeyAsync(world);
        program.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"grafana:{program.Key}")));
        (await program.StartAsync(Lift)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_revoked_key_and_an_expired_one_end_at_once()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var revoked = await RemoteProgram.WithKeyAsync(world, "revoked");
        using var expires = await RemoteProgram.WithKeyAsync(world, "expires", expires: TimeSpan.FromHours(1));
        (await revoked.GetAsync("/api/dispatches/nothing")).Status.ShouldBe(404);
        (await expires.GetAsync("/api/dispatches/nothing")).Status.ShouldBe(404);
        (await world.App.Get<ApiKeyStore>().DeleteAsync("revoked", default)).ShouldBeTrue();
        await world.PassAsync(TimeSpan.FromHours(1));
        (await revoked.GetAsync("/api/dispatches/nothing")).Status.ShouldBe(401);
        (await expires.GetAsync("/api/dispatches/nothing")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_key_may_do_only_what_it_was_made_for()
    {
        await using var world = await World.BeginAsync(RemoteProgram.Settings);
        using var all = await RemoteProgram.WithKeyAsync(world, "all");
        var id = (await all.StartAsync(Lift)).Body.GetProperty("id").GetString();
        using var reads = await RemoteProgram.WithKeyAsync(world, "reads", "read");
        (await reads.GetAsync($"/api/dispatches/{id}")).Status.ShouldBe(200);
        (await reads.StartAsync(Lift)).Status.ShouldBe(403);
        (await reads.PostAsync($"/api/dispatches/{id}/cancel")).Status.ShouldBe(403);
        using var lists = await RemoteProgram.WithKeyAsync(world, "lists", lists: "lifts");
        (await lists.StartAsync(Lift)).Status.ShouldBe(403);
        using var elsewhere = await RemoteProgram.WithKeyAsync(world, "elsewhere", channels: "test:elsewhere");
        (await elsewhere.GetAsync($"/api/dispatches/{id}")).Status.ShouldBe(404, "it is not of its channel");
        (await elsewhere.StartAsync(Lift)).Status.ShouldBe(403);
        (await elsewhere.StartAsync(new { title = "Door", people = (string[])["ann.lee"], channel = "test:elsewhere" })).Status.ShouldBe(201);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task Only_the_hash_of_a_key_is_stored_and_names_are_unique(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<ApiKeyStore>();
        var now = ground.Clock.GetUtcNow();
        var (id, text) = ApiKey.Create();
        (await store.TryAddAsync(new(id, "lifts", ApiKey.HashOf(text), "start", "", "", now, now.AddDays(1)), default)).ShouldBeTrue();
        (await store.TryAddAsync(new("other", "lifts", "hash", "start", "", "", now), default)).ShouldBeFalse();
        var row = (await store.ListAsync(default)).ShouldHaveSingleItem();
        row.ShouldBe(await store.FindAsync(id, default));
        (row.Name, row.ExpiresAt, row.LastUsedAt).ShouldBe(("lifts", now.AddDays(1), null));
        ApiKey.IsOf(row, text).ShouldBeTrue();
        ApiKey.IsOf(row, text[..^1] + (text[^1] == '0' ? '1' : '0')).ShouldBeFalse();
        row.ToString().ShouldNotContain(text[12..]);
        await store.NoteUseAsync(id, now.AddHours(1), default);
        (await store.FindAsync(id, default))!.LastUsedAt.ShouldBe(now.AddHours(1));
        (await store.DeleteAsync("lifts", default)).ShouldBeTrue();
        (await store.DeleteAsync("lifts", default)).ShouldBeFalse();
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_first_request_under_a_name_is_remembered_until_it_is_old(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var store = ground.Node.Get<ApiKeyStore>();
        var now = ground.Clock.GetUtcNow();
        (await store.FirstRequestAsync("dispatch", "one", now, default)).ShouldBe("one");
        (await store.FirstRequestAsync("dispatch", "two", now, default)).ShouldBe("one");
        (await store.DeleteRequestsBeforeAsync(now, default)).ShouldBe(0);
        (await store.DeleteRequestsBeforeAsync(now.AddDays(1), default)).ShouldBe(1);
        (await store.FirstRequestAsync("dispatch", "two", now, default)).ShouldBe("two");
    }
}
