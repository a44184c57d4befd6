using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

public sealed class TeamsTroubleTests : IAsyncLifetime
{
    Organisation acme = null!;

    public async Task InitializeAsync() => acme = await Organisation.FoundedAsync();

    public async Task DisposeAsync() => await acme.DisposeAsync();

    [Fact]
    public async Task A_database_that_somebody_else_holds_keeps_nobody_waiting()
    {
        var dispatch = await acme.Start("INC-1042");
        // After this long, a person who writes is recorded again.
        acme.Office.Clock.Advance(TimeSpan.FromHours(2));
        await using var held = await acme.LockDatabaseAsync();

        var looking = Task.Run(() => acme.Press(CardAction.Cancel, dispatch, isRefresh: true));
        await acme.Pass(TimeSpan.FromSeconds(0.3));

        (await looking).ShouldBeOfType<TeamsReply.CardAnswer>();
        acme.BackgroundWork.Running.ShouldBe(0);
    }

    [Fact]
    public async Task What_breaks_is_logged_by_its_kind_and_place_and_never_with_its_words()
    {
        var dispatch = await acme.Start("INC-1042");
        acme.BeforeFinding = () => throw new InvalidOperationException("hush-hush");
        await acme.Press(CardAction.Cancel, dispatch, isRefresh: true);
        acme.BeforeFinding = () => throw new OperationCanceledException();
        (await acme.Press(CardAction.Cancel, dispatch, isRefresh: true)).ShouldBe(new TeamsReply.Nothing());
        await acme.BreakDatabaseAsync("DROP TABLE teams_people");
        // Who it is was confirmed long ago, so it is written again.
        acme.Office.Clock.Advance(TimeSpan.FromHours(2));
        acme.BeforeFinding = () => Task.CompletedTask;
        (await acme.Press(CardAction.Cancel, dispatch, isRefresh: true)).ShouldBeOfType<TeamsReply.CardAnswer>();

        acme.Broken.Lines.Count.ShouldBe(2);
        acme.Broken.Lines[0].ShouldStartWith("650 Error Answering somebody in Teams failed: InvalidOperationException    at ");
        acme.NotKept.Lines.ShouldHaveSingleItem().ShouldStartWith("651 Error Where a conversation of Teams is reached could not be kept: SqliteException    at ");
        acme.Broken.Exceptions.ShouldBeEmpty();
        acme.NotKept.Exceptions.ShouldBeEmpty();
        acme.Broken.Lines.ShouldAllBe(line => !line.Contains("hush-hush"));
    }

    [Fact]
    public async Task A_command_that_comes_again_after_a_restart_decides_nothing_twice()
    {
        await acme.Start("INC-1042");
        var cancel = new TeamsDelivery(new ChatAction.Mentioned(acme.NextId(), "cancel INC-1042", []), Organisation.Dana, Organisation.Ops);
        await acme.Take(cancel);
        (await acme.NextSaid()).ShouldContain("Cancelled by Dana.");
        var second = await acme.Start("INC-1042");

        acme.Restart();
        await acme.Take(cancel);

        await acme.NextSaid();
        (await acme.Office.State(second)).IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_of_no_tenant_is_of_nobody()
    {
        var dispatch = await acme.Start("INC-1042");
        var nowhere = Organisation.Ops with { Tenant = "", Conversation = "19:cc@thread.tacv2" };
        await acme.Type("list", nowhere, from: Organisation.Dana with { Tenant = "" });
        await acme.Take(acme.Executed(Organisation.Dana with { Tenant = "" }, nowhere, "dispatch_cancel", Organisation.Pressed(dispatch), isRefresh: false));
        await acme.NothingElse();
        (await acme.Office.State(dispatch)).IsClosed.ShouldBeFalse();
        (await acme.Store.FindConversationAsync("", "19:cc@thread.tacv2", default)).ShouldBeNull();
        acme.Strays.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_comes_without_the_id_that_others_know_is_known_by_the_one_for_this_bot()
    {
        await acme.Type("list");
        await acme.NextSaid();
        var dispatch = await acme.Start("INC-1042");
        acme.Office.Access.Cancel.Add("da0a");
        await acme.Take(acme.Executed(Organisation.Dana with { AadObjectId = null, Name = "" }, Organisation.Ops, "dispatch_cancel", Organisation.Pressed(dispatch), isRefresh: false));
        (await acme.Office.State(dispatch)).Resolution.ShouldBeOfType<Resolution.Cancelled>().By.ShouldBe(Organisation.Dana.Person);
    }
}
