using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class AwayTextTests
{
    // Wednesday 7 January 2026, 14:30.
    static readonly LocalDateTime Now = new(2026, 1, 7, 14, 30);

    [Theory]
    [InlineData("until 18:00", "07 14:30", "07 18:00")]
    [InlineData("until 8:00", "07 14:30", "08 08:00")]
    [InlineData("Until Mon", "07 14:30", "12 00:00")]
    [InlineData("until mon 08:00", "07 14:30", "12 08:00")]
    [InlineData("until wed 18:00", "07 14:30", "07 18:00")]
    [InlineData("until wed 10:00", "07 14:30", "14 10:00")]
    [InlineData("until tomorrow", "07 14:30", "08 00:00")]
    [InlineData("till 2026-01-10 12:00", "07 14:30", "10 12:00")]
    [InlineData("today", "07 14:30", "08 00:00")]
    [InlineData("tomorrow", "08 00:00", "09 00:00")]
    [InlineData("mon-fri", "07 14:30", "10 00:00")]
    [InlineData("mon - tue", "12 00:00", "14 00:00")]
    [InlineData("wed", "07 14:30", "08 00:00")]
    [InlineData("fri", "09 00:00", "10 00:00")]
    [InlineData("sat-mon", "10 00:00", "13 00:00")]
    [InlineData("mon 18:00 - tue 08:00", "12 18:00", "13 08:00")]
    [InlineData("wed 18:00-wed 22:00", "07 18:00", "07 22:00")]
    [InlineData("for 2 hours", "07 14:30", "07 16:30")]
    [InlineData("90 min", "07 14:30", "07 16:00")]
    [InlineData("3 days", "07 14:30", "10 14:30")]
    [InlineData("for 1 week", "07 14:30", "14 14:30")]
    [InlineData("2026-01-20..2026-01-22", "20 00:00", "23 00:00")]
    public void When_somebody_is_away_is_understood_as_it_is_said(string typed, string from, string to)
    {
        var away = AwayText.Read(typed, Now).ShouldNotBeNull();
        $"{away.From:dd HH:mm}, {away.To:dd HH:mm}".ShouldBe($"{from}, {to}");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("until")]
    [InlineData("until later")]
    [InlineData("until 2020-01-01")]
    [InlineData("until mon 8:00 or so")]
    [InlineData("for 0 hours")]
    [InlineData("from keyboard")]
    public void What_is_not_certain_is_asked_back(string typed) => AwayText.Read(typed, Now).ShouldBeNull();
}
