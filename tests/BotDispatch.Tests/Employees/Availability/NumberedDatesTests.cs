using BotDispatch.Employees.Availability;
using NodaTime;

namespace BotDispatch.Tests.Employees.Availability;

/// <summary>
/// Every text of numbers with full stops and slashes is asked back, or means what one simple reading says: all of its numbers are dates,
/// or all are times of the day.
/// </summary>
public sealed class NumberedDatesTests
{
    static readonly LocalDateTime[] Moments =
        [new(2026, 11, 30, 11, 30), new(2026, 10, 1, 8, 0), new(2026, 12, 31, 23, 5), new(2027, 1, 1, 0, 0), new(2028, 2, 29, 12, 10)];

    static readonly int[] Firsts = [1, 5, 8, 12, 15, 20, 23, 24, 28, 30, 31];

    static readonly string[] Seconds = ["1", "6", "01", "10", "12", "00", "15", "30", "45"];

    static readonly List<Dotted> All =
        [.. from first in Firsts from second in Seconds from stop in (string[])["", "."] select new Dotted($"{first}.{second}{stop}")];

    [Fact]
    public void An_end_is_asked_back_or_is_the_only_time_or_day_that_it_can_be()
    {
        var answers = 0;
        foreach (var now in Moments)
            foreach (var end in All)
                foreach (var mark in (string[])["", "!", " please"])
                {
                    var text = $"until {end.Text}{mark}";
                    if (AwayText.Read(text, now) is not var (from, to))
                        continue;
                    answers++;
                    (end.CanBeDate && end.CanBeClock).ShouldBeFalse($"{text} has two readings");
                    (from == now && to > now && (end.CanBeDate ? end.IsDayOf(to) && to <= now.PlusYears(1) : end.IsTimeOf(to) && to <= now.PlusDays(1)))
                        .ShouldBeTrue($"{text} on {now} is {to}");
                }
        answers.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_range_is_asked_back_or_goes_from_day_to_day_or_from_time_to_time()
    {
        var (days, times) = (0, 0);
        foreach (var now in Moments)
            foreach (var (first, last) in from first in All from last in All select (first, last))
                foreach (var text in (string[])[$"{first.Text} - {last.Text}", $"from {first.Text} to {last.Text}", $"{first.Text}-{last.Text}!"])
                {
                    if (AwayText.Read(text, now) is not { } away)
                        continue;
                    var areDates = first.CanBeDate && last.CanBeDate;
                    if (areDates && first.CanBeClock && last.CanBeClock)
                        first.HasStop.ShouldBeTrue($"{text} has two readings");
                    if (areDates)
                        days++;
                    else
                        times++;
                    (areDates ? AreDays(first, last, away, now) : AreTimes(first, last, away, now))
                        .ShouldBeTrue($"{text} on {now} is {away.From} to {away.To}");
                }
        days.ShouldBeGreaterThan(1000);
        times.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void What_lies_in_the_future_never_begins_today()
    {
        var now = Moments[0];
        foreach (var (first, last) in from first in All from last in All select (first, last))
            if ((first.CanBeDate && !first.CanBeClock && !first.IsBefore(now)) || (last.CanBeDate && !last.CanBeClock && first.CanBeDate && !first.IsBefore(now)))
                foreach (var text in (string[])[$"{first.Text} - {last.Text}", $"{first.Text}-{last.Text}", $"{first.Text} until {last.Text}!"])
                    if (AwayText.Read(text, now) is { } away && !first.IsDayOf(now.Date.AtMidnight()))
                        away.From.Date.ShouldBeGreaterThan(now.Date, text);
    }

    [Fact]
    public void Two_numbers_with_a_slash_are_asked_back_or_are_the_only_day_or_the_only_two_times_that_they_can_be()
    {
        var now = Moments[0];
        for (var a = 0; a <= 31; a++)
            for (var b = 0; b <= 31; b++)
                if (AwayText.Read($"{a}/{b}", now) is { } away)
                {
                    var (canBeDate, canBeClock) = (a is > 0 && b is > 0 && (a <= 12 || b <= 12), a <= 23 && b <= 23);
                    (canBeDate && canBeClock).ShouldBeFalse($"{a}/{b} has two readings");
                    var (day, month) = a > 12 ? (a, b) : (b, a);
                    (canBeDate ? (away.From.Day, away.From.Month) == (day, month) && away.To == away.From.PlusDays(1)
                        : away.To.Hour == b && (away.From.Hour == a || away.From == now)).ShouldBeTrue($"{a}/{b} is {away.From} to {away.To}");
                }
        (AwayText.Read("24/12", now), AwayText.Read("18/20", now)).ShouldBe((
            new LocalPeriod(new(2026, 12, 24, 0, 0), new(2026, 12, 25, 0, 0)), new LocalPeriod(new(2026, 11, 30, 18, 0), new(2026, 11, 30, 20, 0))));
    }

    // Days that have begun count from now on.
    static bool AreDays(Dotted first, Dotted last, LocalPeriod away, LocalDateTime now) =>
        last.IsDayOf(away.To.PlusDays(-1)) && away.To > now && away.To > away.From && away.From.Date >= now.Date && away.From < now.PlusYears(1)
        && (first.IsDayOf(away.From) || (away.From == now && first.IsBefore(now)));

    static bool AreTimes(Dotted first, Dotted last, LocalPeriod away, LocalDateTime now) =>
        first.CanBeClock && last.CanBeClock && last.IsTimeOf(away.To) && away.To > now && away.To <= away.From.PlusDays(1)
        && away.From < now.PlusDays(2) && (first.IsTimeOf(away.From) || away.From == now);

    sealed record Dotted(string Text)
    {
        readonly int first = int.Parse(Text.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        readonly int second = int.Parse(Text.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);

        public bool HasStop => Text.EndsWith('.');

        public bool CanBeDate => second is >= 1 and <= 12;

        public bool CanBeClock => first <= 23 && Text.Split('.')[1].Length == 2;

        public bool IsDayOf(LocalDateTime moment) => moment.TimeOfDay == LocalTime.Midnight && (moment.Day, moment.Month) == (first, second);

        public bool IsTimeOf(LocalDateTime moment) => (moment.Hour, moment.Minute) == (first, second);

        /// <summary>Whether the day of this year is over.</summary>
        public bool IsBefore(LocalDateTime now) => (second, first).CompareTo((now.Month, now.Day)) < 0
            || (second - now.Month is > 5 && (now.Month, now.Day).CompareTo((7, 1)) < 0);
    }
}
