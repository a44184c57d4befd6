using NodaTime;

namespace BotDispatch.Employees.Availability;

/// <summary>Sums and differences of times.</summary>
internal static class Intervals
{
    /// <summary>Returns the same time in order and without overlaps. Intervals that touch become one.</summary>
    public static List<Interval> Merged(IEnumerable<Interval> intervals)
    {
        var merged = new List<Interval>();
        foreach (var next in intervals.OrderBy(each => each.Start))
            if (merged.Count > 0 && next.Start <= merged[^1].End)
                merged[^1] = new(merged[^1].Start, Instant.Max(merged[^1].End, next.End));
            else
                merged.Add(next);
        return merged;
    }

    /// <summary>Returns the time of the first that is not in the second. Both must be merged.</summary>
    public static List<Interval> Without(IReadOnlyList<Interval> from, IReadOnlyList<Interval> taken)
    {
        var rest = new List<Interval>();
        foreach (var each in from)
        {
            var start = each.Start;
            foreach (var hole in taken)
            {
                if (hole.End <= start || hole.Start >= each.End)
                    continue;
                if (hole.Start > start)
                    rest.Add(new(start, hole.Start));
                start = Instant.Max(start, hole.End);
            }
            if (start < each.End)
                rest.Add(new(start, each.End));
        }
        return rest;
    }

    /// <summary>Returns the time that is in both. Both must be merged.</summary>
    public static List<Interval> Common(IReadOnlyList<Interval> one, IReadOnlyList<Interval> other)
    {
        var common = new List<Interval>();
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            var (start, end) = (Instant.Max(one[i].Start, other[j].Start), Instant.Min(one[i].End, other[j].End));
            if (start < end)
                common.Add(new(start, end));
            if (one[i].End < other[j].End)
                i++;
            else
                j++;
        }
        return common;
    }

    /// <summary>Returns the interval that contains the moment; null if there is none.</summary>
    public static Interval? At(IEnumerable<Interval> intervals, Instant moment)
    {
        foreach (var each in intervals)
            if (each.Contains(moment))
                return each;
        return null;
    }

    /// <summary>Returns the first begin after the moment; null if there is none. The intervals must be merged.</summary>
    public static Instant? NextStart(IEnumerable<Interval> intervals, Instant moment)
    {
        foreach (var each in intervals)
            if (each.Start > moment)
                return each.Start;
        return null;
    }
}
