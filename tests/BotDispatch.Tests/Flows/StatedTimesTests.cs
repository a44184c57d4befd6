using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows;

/// <summary>What a new absence or cover leaves of earlier ones. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class StatedTimesTests
{
    static readonly EmployeeId Ann = new("ann.lee");
    static readonly EmployeeId Jonas = new("jonas.weber");

    [Theory]
    [InlineData("", "24 jan - 2 feb", "You are also away until you are back.")]
    [InlineData("until 24 jan", "20 jan - 2 feb", "You are also away until Tue 20 Jan 00:00 (UTC).")]
    [InlineData("until 10 feb", "20 jan - 2 feb", "No longer noted: from Tue 3 Feb 00:00 (UTC) until Tue 10 Feb 00:00 (UTC). You are also away until Tue 20 Jan 00:00 (UTC).")]
    [InlineData("until 24 jan", "tomorrow", "No longer noted: from Wed 00:00 (UTC) until Sat 24 Jan 00:00 (UTC). You are also away until Tue 00:00 (UTC).")]
    public async Task Somebody_who_is_away_now_stays_away_when_they_plan_a_later_absence(string running, string planned, string says)
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.AwayAsync(Ann, running, default);
        await world.PassAsync(60);
        (await absences.AwayAsync(Ann, planned, default)).ShouldContain(says);
        IsOn(world, Ann, world.Clock.GetUtcNow()).ShouldBeFalse();
        await world.RestartAsync();
        await world.App.Get<ChatAbsences>().RefreshAsync(default);
        IsOn(world, Ann, world.Clock.GetUtcNow()).ShouldBeFalse();
    }

    [Fact]
    public async Task Between_an_absence_that_is_on_and_the_planned_one_that_cuts_it_there_is_no_gap()
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.AwayAsync(Ann, "until 24 jan", default);
        await absences.AwayAsync(Ann, "20 jan - 2 feb", default);
        for (var moment = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero); moment.Month == 1; moment = moment.AddHours(1))
            IsOn(world, Ann, moment).ShouldBeFalse(moment.ToString("u"));
        (await absences.BackAsync(Ann, default)).ShouldContain("You are still away from Tue 20 Jan 00:00 (UTC) until Tue 3 Feb 00:00 (UTC)");
    }

    [Fact]
    public async Task A_shorter_absence_that_begins_now_replaces_the_one_that_is_on_and_the_answer_says_so()
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.AwayAsync(Ann, "until 24 jan", default);
        (await absences.AwayAsync(Ann, "for 2 hours", default)).ShouldContain("No longer noted: until Sat 24 Jan 00:00 (UTC). ");
        IsOn(world, Ann, new(2026, 1, 6, 12, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
    }

    [Fact]
    public async Task Taking_one_day_back_of_a_cover_keeps_the_days_before_and_after_and_both_are_informed()
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.CoverAsync(Ann, Jonas, "2026-01-12..2026-01-16", default);
        var note = await absences.CoverAsync(Jonas, Ann, "2026-01-14", default);
        note.Answer.ShouldContain($" {"Ann Lee".Isolated()} is still on shift for you from Mon 12 Jan 01:00 (UTC+1) until Wed 14 Jan 00:00 (UTC+1) "
            + "and from Thu 15 Jan 00:00 (UTC+1) until Sat 17 Jan 01:00 (UTC+1).");
        note.ToOther.ShouldNotBeNull().ShouldContain($" You are still on shift for {"Jonas Weber".Isolated()} from ");
        int[] daysOfJonas = [.. Enumerable.Range(12, 5).Where(day => IsOn(world, Jonas, new(2026, 1, day, 12, 0, 0, TimeSpan.Zero)))];
        daysOfJonas.ShouldBe([14]);
        await world.RestartAsync();
        await world.App.Get<ChatAbsences>().RefreshAsync(default);
        IsOn(world, Jonas, new(2026, 1, 13, 12, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        IsOn(world, Jonas, new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cover_that_is_on_goes_on_until_the_one_that_is_planned_for_the_same_person()
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.CoverAsync(Ann, Jonas, "2026-01-05..2026-01-09", default);
        (await absences.CoverAsync(Ann, Jonas, "2026-01-07", default)).Answer.ShouldContain("No longer noted: for ");
        bool On(int day) => IsOn(world, Jonas, new(2026, 1, day, 12, 0, 0, TimeSpan.Zero));
        (On(5), On(6), On(7), On(8)).ShouldBe((false, false, false, true));
    }

    [Fact]
    public async Task The_21st_absence_or_cover_is_refused_in_words_and_the_one_that_is_on_stays()
    {
        await using var world = await World.BeginAsync();
        var absences = world.App.Get<IAbsences>();
        await absences.AwayAsync(Ann, "until 18:00", default);
        for (var day = 0; day < 19; day++)
            (await absences.AwayAsync(Ann, new DateTime(2026, 2, 1).AddDays(day * 2).ToString("yyyy-MM-dd"), default)).ShouldStartWith("You are away");
        (await absences.AwayAsync(Ann, "2026-06-01", default)).ShouldBe(
            "Nothing was noted down, because 20 times of yours are noted already. Remove those that are no longer right: /dispatch back");
        IsOn(world, Ann, world.Clock.GetUtcNow()).ShouldBeFalse();
        IsOn(world, Ann, new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
        (await absences.AwayAsync(Ann, "until 19:00", default)).ShouldStartWith("You are away", customMessage: "a correction is none more");
        for (var day = 0; day < 20; day++)
            await absences.CoverAsync(Ann, Jonas, new DateTime(2026, 2, 1).AddDays(day * 2).ToString("yyyy-MM-dd"), default);
        var refused = await absences.CoverAsync(Ann, Jonas, "2026-06-01", default);
        (refused.Answer, refused.ToOther).ShouldBe(("Nothing was noted down, because 20 times of yours are noted already. "
            + "Take back a cover that is no longer right: /dispatch cover @name for 1 minute", null));
    }

    [Fact]
    public async Task Two_absences_of_one_person_that_two_nodes_store_at_the_same_moment_both_count()
    {
        await using var world = await World.BeginAsync();
        var store = world.App.Get<AbsenceStore>();
        var here = world.App.Get<ChatAbsences>();
        // The other node reads, and before it writes, this one stores a further absence.
        var between = new TimeProviderBetween(world.Clock, () => here.AwayAsync(Ann, "2026-02-02", default).GetAwaiter().GetResult());
        using var there = new ChatAbsences(store, world.App.Get<EmployeeDirectory>(), between);
        (await there.AwayAsync(Ann, "2026-03-02", default)).ShouldContain("You are also away from Mon 2 Feb");
        await here.RefreshAsync(default);
        IsOn(world, Ann, new(2026, 2, 2, 12, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
        IsOn(world, Ann, new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_two_rows_neither_is_stored_if_one_of_them_has_changed()
    {
        await using var world = await World.BeginAsync();
        var store = world.App.Get<AbsenceStore>();
        await store.SaveAsync("cover", "b", "was", default);
        (await store.TrySaveAsync([new("cover", "a", "", "x"), new("cover", "b", "is", "y")], default)).ShouldBeFalse();
        (await store.ListAsync(default)).ShouldBe([("cover", "b", "was")]);
        (await store.TrySaveAsync([new("cover", "a", "", "x"), new("cover", "b", "was", "y")], default)).ShouldBeTrue();
        (await store.ListAsync(default)).ShouldBe([("cover", "a", "x"), ("cover", "b", "y")]);
    }

    [Theory]
    [InlineData("cover @Jim Long until 18:00", "You are on shift for Jim Long from 09:00 (UTC) to 18:00 (UTC)")]
    [InlineData("cover jim long until 18:00", "You are on shift for Jim Long from 09:00 (UTC) to 18:00 (UTC)")]
    [InlineData("cover @Boris Ten tomorrow", "You are on shift for Boris Ten from Tue 00:00 (UTC)")]
    [InlineData("cover @Anna Montag mon 18:00 - tue 08:00", "You are on shift for Anna Montag from 18:00 (UTC)")]
    [InlineData("cover @Anna von Morgen until 18:00", "You are on shift for Anna von Morgen from 09:00 (UTC)")]
    [InlineData("cover @Boris tomorrow", "You are on shift for Boris Ten from Tue 00:00 (UTC)")]
    public async Task A_surname_that_also_says_a_time_is_a_name_if_the_directory_knows_it(string typed, string says)
    {
        using var people = new TemporaryFile("people.csv", """
            id,name,email,phone,language,timezone,skills
            ann.lee,Ann Lee,ann.lee@example.com,+447700900101,,,
            jl,Jim Long,,+447700900102,,,
            bt,Boris Ten,,+447700900103,,,
            am,Anna Montag,,+447700900104,,,
            vm,Anna von Morgen,,+447700900105,,,
            jb,Jim Brown,,+447700900106,,,
            """);
        await using var world = await World.BeginAsync(new() { ["Employees:File"] = people.FilePath });
        var answer = await world.App.Get<ChatCommands>()
            .CommandAsync(new Person(World.Dana.Platform, "ann.lee", "Ann Lee"), World.Channel, typed, new Delivery("cover-1"), default);
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldStartWith(says);
    }

    static bool IsOn(World world, EmployeeId who, DateTimeOffset at) => world.App.Get<IAvailability>().Of(who, at).IsAvailable;

    /// <summary>A clock that does something once, when it is first read.</summary>
    sealed class TimeProviderBetween(TimeProvider clock, Action once) : TimeProvider
    {
        Action? left = once;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref left, null)?.Invoke();
            return clock.GetUtcNow();
        }
    }
}
