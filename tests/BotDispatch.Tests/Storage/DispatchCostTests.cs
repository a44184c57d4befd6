using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>
/// What a whole dispatch costs, in counts, which no busy machine changes: seven calls, 32 webhooks, an acceptance. Who makes a
/// dispatch dearer sees it here and lowers something else, or raises the number and says why.
/// </summary>
public class DispatchCostTests
{
    const int MostStatements = 97;
    const int MostChatCalls = 14;

    [Theory, OnSqlite]
    public async Task A_dispatch_of_seven_calls_costs_no_more_statements_and_chat_calls_than_agreed(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var statements = ground.KeepStatements();
        await ground.NewNode(new() { ["Chat:UpdatePause"] = "0:00:00.4" }).Get<Migrator>().MigrateAsync(default);
        var policy = new EscalationPolicy() with { RetryPause = TimeSpan.Zero, KeyGrace = TimeSpan.Zero, AnswerWindow = TimeSpan.Zero };
        var plan = Some.Plan("INC-1", "ann", "bob", "eve") with { Policy = policy };
        statements.Clear();

        var id = await ground.Node.BeginAsync(plan);
        for (var n = 0; n < 6; n++)
        {
            var call = Some.Call(id, n / 3, (n % 3) + 1);
            await TellAsync(call, LegStatus.Queued, LegStatus.Initiated, LegStatus.Ringing, LegStatus.NoAnswer);
            await SettleAsync();
        }
        var last = Some.Call(id, 2);
        await TellAsync(last, LegStatus.Queued, LegStatus.Initiated, LegStatus.Ringing, LegStatus.InProgress);
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(last, "9"));
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(last, "91"));
        await ground.Node.ApplyAsync(id, new DispatchInput.KeysPressed(last, "91"));
        await TellAsync(last, LegStatus.Completed);
        await SettleAsync();

        var state = await ground.Node.StateAsync(id);
        state.Resolution.ShouldBeOfType<Resolution.Accepted>();
        (state.Legs.Length, ground.Phone.Placed.Count).ShouldBe((7, 7));
        ground.Chat.Lines.ShouldContain(line => line.Contains(nameof(DispatchEvent.Accepted)));
        var counted = statements.Count(sql => !sql.StartsWith("PRAGMA", StringComparison.Ordinal));
        counted.ShouldBeLessThanOrEqualTo(MostStatements, Kinds(statements));
        (ground.Chat.Cards.Count + ground.Chat.Replies.Count + ground.Chat.Drawings.Count).ShouldBeLessThanOrEqualTo(MostChatCalls);

        async Task TellAsync(AttemptId call, params LegStatus[] statuses)
        {
            foreach (var status in statuses)
                await ground.Node.ApplyAsync(id, Some.Leg(call, status));
        }

        // Nobody is called again within a second, whatever the policy says.
        async Task SettleAsync()
        {
            ground.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await ground.Node.SettleAsync();
        }
    }

    static string Kinds(IEnumerable<string> statements) => string.Join('\n', statements
        .CountBy(sql => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        .OrderByDescending(each => each.Value).Select(each => $"{each.Value} {(each.Key.Length > 90 ? each.Key[..90] : each.Key)}"));
}
