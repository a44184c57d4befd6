namespace BotDispatch.Simulator.Calls;

/// <summary>Keeps every phone that was named. When it is full, it forgets idle phones that were given no script.</summary>
internal sealed class PhoneBook(Exchange exchange)
{
    readonly Dictionary<string, Phone> phones = [];
    readonly Queue<string> oldest = new();

    public IReadOnlyList<Phone> All => exchange.Timeline.Do<IReadOnlyList<Phone>>(() => [.. phones.Values]);

    public Phone Get(string number) => exchange.Timeline.Do(() =>
    {
        var known = Normal(number);
        if (phones.TryGetValue(known, out var phone)) return phone;
        MakeRoom();
        oldest.Enqueue(known);
        return phones[known] = new Phone(exchange, known);
    });

    public void Clear()
    {
        foreach (var phone in phones.Values) phone.Reset();
    }

    void MakeRoom()
    {
        for (var tries = 0; phones.Count >= exchange.Options.PhonesKept && tries < 10; tries++)
        {
            var number = oldest.Dequeue();
            if (phones[number].IsForgettable) phones.Remove(number);
            else oldest.Enqueue(number);
        }
    }

    static string Normal(string number)
    {
        var trimmed = number.Trim();
        return trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit) ? "+" + trimmed : trimmed;
    }
}
