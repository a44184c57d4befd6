using System.Net;
using BotDispatch.Core;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

public sealed class LineTests
{
    const string PausedWords = "This dispatch is paused and tries again by itself. No attempt is used up.";

    [Theory]
    [InlineData(NoBalance.Unsent)]
    [InlineData(NoBalance.BadRequest)]
    public async Task Without_balance_it_pauses_and_goes_on_by_itself_once_there_is_some(NoBalance shows)
    {
        await using var world = await World.BeginAsync();
        world.Routee.Switches.NoBalance = shows;
        world.Routee.OutOfBalance = true;
        var id = await BeginAsync(world);
        await world.PassAsync(120);
        world.Thread(id).ShouldContain($"{Words.Of(LineDownReason.NoBalance)} {PausedWords}");
        world.Chat.Cards.ShouldHaveSingleItem().Status.ShouldBe(CardStatus.Paused);
        world.Routee.OutOfBalance = false;
        await EndsWellAsync(world, id);
    }

    [Fact]
    public async Task Refused_credentials_are_said_in_the_thread_and_cost_nobody_an_attempt()
    {
        await using var world = await World.BeginAsync();
        world.Routee.RefuseCredentials = true;
        var id = await BeginAsync(world);
        await world.PassAsync(120);
        world.Thread(id).ShouldContain($"{Words.Of(LineDownReason.BadCredentials)} {PausedWords}");
        world.Routee.RefuseCredentials = false;
        await EndsWellAsync(world, id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Routee_that_cannot_be_reached_is_said_at_once_and_phoned_through_as_soon_as_it_is_back(bool refusesConnections)
    {
        await using var world = await World.BeginAsync();
        if (refusesConnections)
            world.InsteadOfRoutee = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        else
            world.Routee.Unreachable = true;
        var id = await BeginAsync(world);
        await world.PassAsync(10);
        world.Thread(id).ShouldContain($"{Words.Of(LineDownReason.Unreachable)} {PausedWords}");
        await world.PassAsync(600);
        (world.InsteadOfRoutee, world.Routee.Unreachable) = (null, false);
        await EndsWellAsync(world, id);
    }

    [Fact]
    public async Task A_line_that_stays_down_is_given_up_when_the_time_is_over()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:GiveUpAfter"] = "00:20:00" });
        world.Routee.Unreachable = true;
        var id = await BeginAsync(world);
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Exhausted>().Because.ShouldBe(ExhaustedBecause.TimeIsUp);
        world.Thread(id).ShouldContain("Ann Lee: not called.");
        world.Routee.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_expired_is_replaced_without_a_word()
    {
        await using var world = await World.BeginAsync();
        var id = await BeginAsync(world);
        world.Routee.RevokeTokens();
        await world.PassAsync(30);
        await EndsWellAsync(world, id, restored: false);
    }

    [Fact]
    public async Task A_number_that_Routee_refuses_skips_the_person_and_names_the_directory()
    {
        await using var world = await World.BeginAsync();
        world.InsteadOfRoutee = request => request.RequestUri!.AbsolutePath == "/voice/conversation" && world.Clock.GetUtcNow() < new DateTimeOffset(2026, 1, 5, 9, 0, 1, TimeSpan.Zero)
            ? new(HttpStatusCode.BadRequest) { Content = new StringContent("""{"code":"400000000","developerMessage":"Validation Error","properties":{"to.phone":"is not E.164 with a plus"}}""") }
            : null;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        world.InsteadOfRoutee = null;
        var end = await world.ToTheEndAsync(id);
        world.Thread(id).ShouldContain("Ann Lee: Number cannot be called. The number in the directory must be corrected.");
        end.Callees[0].BadNumber.ShouldBeTrue();
        world.CallsTo("ann.lee").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cut_for_want_of_balance_costs_nobody_an_attempt()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassAsync(8);
        world.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Talking);
        world.Routee.OutOfBalance = true;
        await world.PassAsync(60);
        world.Thread(id).ShouldContain($"{Words.Of(LineDownReason.NoBalance)} {PausedWords}");
        world.Routee.OutOfBalance = false;
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var end = await world.ToTheEndAsync(id);
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1 (attempt 1 of 3).");
        end.Legs.Length.ShouldBeGreaterThanOrEqualTo(2);
    }

    static async Task<DispatchId> BeginAsync(World world)
    {
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        return await world.DispatchAsync("INC-1042", "ann.lee");
    }

    static async Task EndsWellAsync(World world, DispatchId id, bool restored = true)
    {
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBeOfType<Resolution.Accepted>();
        world.CallsTo("ann.lee").Count(call => call.AnsweredAt is not null).ShouldBe(1);
        world.Thread(id)[^1].ShouldStartWith("Accepted: Ann Lee pressed 1 (attempt 1 of 3).");
        world.Thread(id).Count(line => line.StartsWith("The telephone line works again.", StringComparison.Ordinal)).ShouldBe(restored ? 1 : 0);
    }
}
