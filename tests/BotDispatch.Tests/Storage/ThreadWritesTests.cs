using System.Collections.Concurrent;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class ThreadWritesTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task The_card_and_the_attempt_of_the_first_reply_are_stored_by_one_commit(On on)
    {
        await using var ground = await Ground.EmptyAsync(on);
        var commits = new ConcurrentQueue<string>();
        ground.Commits = new(static _ => { }, batch => commits.Enqueue(string.Join('\n', batch.OfType<WriteWork>().SelectMany(work => work.Writes).Select(write => write.Sql))));
        await ground.NewNode().Get<Migrator>().MigrateAsync(default);
        await ground.Node.BeginAsync(Some.Plan("INC-1"));
        ground.Chat.Replies.ShouldNotBeEmpty();
        commits.Where(sql => sql.Contains("SET root_message")).ShouldHaveSingleItem().ShouldContain("SET posting_seq");
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task What_waits_for_the_next_write_is_stored_also_if_the_look_fails_before(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var id = await ground.Node.BeginAsync(Some.Plan("INC-1"));
        var row = (await ground.Node.Get<ThreadStore>().FindAsync(id, 0, default)).ShouldNotBeNull();
        await Should.ThrowAsync<InvalidOperationException>(LookAsync);
        (await ground.Node.Get<ThreadStore>().FindAsync(id, 0, default)).ShouldBe(row with { Asker = "dana" });

        async Task LookAsync()
        {
            await using var writes = new ThreadWrites(ground.Node.Engine, id);
            writes.Add(ThreadStore.SaveMember(id, row, "dana"));
            throw new InvalidOperationException("there are no words for it");
        }
    }
}
