using System.Collections.Concurrent;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class FirstReplyTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_first_reply_is_posted_once_its_card_is_stored(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var stored = new ConcurrentQueue<string>();
        ground.Commits = new(static _ => { }, batch => stored.Enqueue(Written(batch)));
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        var storedBefore = "";
        ground.Chat.Replying = () => storedBefore = string.Join('\n', stored);

        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        ground.Chat.Replies.ShouldNotBeEmpty();
        storedBefore.ShouldContain("SET root_message");
        storedBefore.ShouldContain("SET posting_seq");
    }

    static string Written(IReadOnlyList<Work> batch) => string.Join('\n', batch.OfType<WriteWork>().SelectMany(work => work.Writes).Select(write => write.Sql));
}
