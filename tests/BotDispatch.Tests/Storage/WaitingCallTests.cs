using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace BotDispatch.Tests.Storage;

/// <summary>What a call costs that waits for its turn, while hundreds may wait.</summary>
public class WaitingCallTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, OnSqlite]
    public async Task A_call_that_waits_for_its_turn_commits_nothing_while_its_phone_is_free(On on) =>
        (await CommitsOfAWaitAsync(on, (_, _) => Task.CompletedTask)).ShouldBe((0, true));

    [Theory, OnPostgreSql]
    public async Task Where_other_nodes_write_a_call_that_waits_asks_the_database_every_three_seconds(On on) =>
        (await CommitsOfAWaitAsync(on, (_, _) => Task.CompletedTask)).ShouldBe((7, true));

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_call_that_waits_gives_up_its_turn_when_its_phone_rings_for_another_dispatch(On on)
    {
        var (commits, isPlaced) = await CommitsOfAWaitAsync(on, async (ground, asked) =>
        {
            if (asked == 7)
                await ground.Node.BeginAsync(Some.Plan("INC-2", "ann"));
        });
        isPlaced.ShouldBeFalse();
        commits.ShouldBe(on is On.Sqlite ? 1 : 4, "that it is passed over is committed");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_call_that_waits_gives_up_its_turn_when_it_is_cancelled(On on)
    {
        var (_, isPlaced) = await CommitsOfAWaitAsync(on, (ground, asked) =>
            asked == 7 ? ground.Node.ApplyAsync(Some.Id("INC-1"), new DispatchInput.Cancel(Some.Dana)) : Task.CompletedTask);
        isPlaced.ShouldBeFalse();
    }

    // Twenty seconds of waiting: how many commits tried to begin the call, and whether it was placed in the end.
    static async Task<(int Commits, bool IsPlaced)> CommitsOfAWaitAsync(On on, Func<Ground, int, Task> each)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var commits = 0;
        ground.Commits = new(_ => { }, done => commits += done.OfType<InputWork>().Count(work => work.Input is DispatchInput.BeginCall
        { IsEarly: true } begin && begin.Attempt.Dispatch == Some.Id("INC-1")));
        await ground.NewNode().Get<BotDispatch.Storage.Migrator>().MigrateAsync(default);
        var plan = Some.Plan("INC-1", "ann");
        await ground.Node.StartAsync(plan);
        var (voice, asked, isPlaced) = (Substitute.For<IVoiceGateway>(), 0, false);
        voice.LengthOf(default!, default!).ReturnsForAnyArgs(PretendPhone.Length);
        voice.AskForTurn(default).ReturnsForAnyArgs(_ =>
        {
            each(ground, asked).GetAwaiter().GetResult();
            if (asked++ > 0)
                ground.Clock.Advance(Second);
            return asked > 20 ? null : TimeSpan.Zero;
        });
        voice.PlaceAsync(default, default!, default!, default).ReturnsForAnyArgs(_ =>
        {
            isPlaced = true;
            return new PlacedCall.Placed("conversation");
        });
        var lanes = new VoiceLanes(ground.Node.Engine, voice, new CallChecks(new AlwaysAvailable(), ground.Clock), ground.Clock, ground.Clock,
            NullLogger<VoiceLanes>.Instance);
        await lanes.PlaceAsync((await ground.Node.Engine.FindAsync(plan.Id, 0, default))!, default);
        return (commits, isPlaced);
    }
}
