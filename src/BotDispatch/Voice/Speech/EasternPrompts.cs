namespace BotDispatch.Voice.Speech;

/// <summary>Greek, Bulgarian, Polish, Russian and Hungarian.</summary>
internal static class EasternPrompts
{
    public static Prompts Greek { get; } = new()
    {
        Greeting = "Γεια σας. Σας καλούμε από το κέντρο αναθέσεων για μια εργασία.",
        Ticket = "Αίτημα {0}",
        Priority = "Προτεραιότητα: {0}.",
        Place = "Τοποθεσία: {0}.",
        Note = "Σημείωση: {0}",
        More = "Το υπόλοιπο κείμενο παραλείφθηκε.",
        Options = "Πατήστε 1 για αποδοχή. Πατήστε 2 για απόρριψη.",
        AcceptedTicket = "Ευχαριστούμε. Αποδεχτήκατε το αίτημα {0} Γεια σας.",
        AcceptedJob = "Ευχαριστούμε. Αποδεχτήκατε την εργασία. Γεια σας.",
        Rejected = "Εντάξει. Απορρίψατε την εργασία. Γεια σας.",
        RejectedBefore = "Έχετε ήδη απορρίψει αυτή την εργασία και δεν μπορείτε πλέον να την αποδεχτείτε. Γεια σας.",
        TakenBy = "Την εργασία έχει ήδη αναλάβει: {0}. Ευχαριστούμε. Γεια σας.",
        Cancelled = "Η εργασία ακυρώθηκε. Γεια σας.",
        Over = "Η εργασία δεν είναι πλέον διαθέσιμη. Γεια σας.",
        WrongKey = "Αυτό το πλήκτρο δεν αντιστοιχεί σε επιλογή.",
        TooManyWrongKeys = "Δεν λάβαμε έγκυρη απάντηση. Γεια σας.",
        GoesOn = "Η εργασία προτείνεται σε κάποιον άλλον. Δεν χρειάζεται να κάνετε κάτι. Γεια σας.",
        OneMoment = "Ελήφθη. Μία στιγμή, παρακαλώ.",
        NoAnswer = "Δεν λάβαμε απάντηση. Γεια σας.",
    };

    public static Prompts Bulgarian { get; } = new()
    {
        Greeting = "Здравейте. Обаждаме се от диспечерския център с работа за вас.",
        Ticket = "Заявка {0}",
        Priority = "Приоритет: {0}.",
        Place = "Място: {0}.",
        Note = "Бележка: {0}",
        More = "Останалата част от текста е пропусната.",
        Options = "Натиснете 1, за да приемете. Натиснете 2, за да откажете.",
        AcceptedTicket = "Благодарим. Приехте заявка {0} Дочуване.",
        AcceptedJob = "Благодарим. Приехте работата. Дочуване.",
        Rejected = "Разбрано. Отказахте работата. Дочуване.",
        RejectedBefore = "Вече сте отказали тази работа и не можете да я приемете. Дочуване.",
        TakenBy = "Тази работа вече е поета от {0}. Благодарим. Дочуване.",
        Cancelled = "Тази работа е отменена. Дочуване.",
        Over = "Тази работа вече не е налична. Дочуване.",
        WrongKey = "Този бутон не отговаря на никой избор.",
        TooManyWrongKeys = "Не получихме валиден отговор. Дочуване.",
        GoesOn = "Работата се предлага на друг. Не е нужно да правите нищо. Дочуване.",
        OneMoment = "Получено. Един момент, моля.",
        NoAnswer = "Не получихме отговор. Дочуване.",
    };

    public static Prompts Polish { get; } = new()
    {
        Greeting = "Dzień dobry. Dzwonimy z centrum zgłoszeń z zadaniem do wykonania.",
        Ticket = "Zgłoszenie {0}",
        Priority = "Priorytet: {0}.",
        Place = "Miejsce: {0}.",
        Note = "Uwaga: {0}",
        More = "Dalszą część tekstu pominięto.",
        Options = "Naciśnij 1, aby przyjąć. Naciśnij 2, aby odrzucić.",
        AcceptedTicket = "Dziękujemy. Przyjęto zgłoszenie {0} Do usłyszenia.",
        AcceptedJob = "Dziękujemy. Zadanie zostało przyjęte. Do usłyszenia.",
        Rejected = "Rozumiemy. Zadanie zostało odrzucone. Do usłyszenia.",
        RejectedBefore = "To zadanie zostało już wcześniej odrzucone i nie można go teraz przyjąć. Do usłyszenia.",
        TakenBy = "To zadanie ma już kto wykonać: {0}. Dziękujemy. Do usłyszenia.",
        Cancelled = "To zadanie zostało odwołane. Do usłyszenia.",
        Over = "To zadanie jest już nieaktualne. Do usłyszenia.",
        WrongKey = "Ten klawisz nie odpowiada żadnej opcji.",
        TooManyWrongKeys = "Nie otrzymaliśmy prawidłowej odpowiedzi. Do usłyszenia.",
        GoesOn = "Zadanie zostanie zaproponowane komuś innemu. Nie trzeba nic robić. Do usłyszenia.",
        OneMoment = "Odebrano. Proszę chwilę zaczekać.",
        NoAnswer = "Nie otrzymaliśmy odpowiedzi. Do usłyszenia.",
    };

    public static Prompts Russian { get; } = new()
    {
        Greeting = "Здравствуйте. Это диспетчерская служба, для вас есть задание.",
        Ticket = "Заявка {0}",
        Priority = "Приоритет: {0}.",
        Place = "Место: {0}.",
        Note = "Примечание: {0}",
        More = "Остальная часть текста опущена.",
        Options = "Нажмите 1, чтобы принять. Нажмите 2, чтобы отказаться.",
        AcceptedTicket = "Спасибо. Вы приняли заявку {0} До свидания.",
        AcceptedJob = "Спасибо. Вы приняли задание. До свидания.",
        Rejected = "Понятно. Вы отказались от задания. До свидания.",
        RejectedBefore = "Вы уже отказались от этого задания и больше не можете его принять. До свидания.",
        TakenBy = "Это задание уже взял другой сотрудник: {0}. Спасибо. До свидания.",
        Cancelled = "Это задание отменено. До свидания.",
        Over = "Это задание больше не актуально. До свидания.",
        WrongKey = "Эта клавиша не соответствует ни одному варианту.",
        TooManyWrongKeys = "Мы не получили правильного ответа. До свидания.",
        GoesOn = "Задание предлагается другому сотруднику. Вам ничего делать не нужно. До свидания.",
        OneMoment = "Принято. Одну минуту, пожалуйста.",
        NoAnswer = "Ответ не получен. До свидания.",
    };

    public static Prompts Hungarian { get; } = new()
    {
        Greeting = "Jó napot kívánok. A diszpécserszolgálat hívja egy feladattal.",
        Ticket = "Bejelentés: {0}",
        Priority = "Fontosság: {0}.",
        Place = "Helyszín: {0}.",
        Note = "Megjegyzés: {0}",
        More = "A szöveg többi részét kihagytuk.",
        Options = "Az elfogadáshoz nyomja meg az 1-es gombot. Az elutasításhoz nyomja meg a 2-es gombot.",
        AcceptedTicket = "Köszönjük. Ön elfogadta a következő bejelentést: {0} Viszonthallásra.",
        AcceptedJob = "Köszönjük. Ön elfogadta a feladatot. Viszonthallásra.",
        Rejected = "Rendben. Ön elutasította a feladatot. Viszonthallásra.",
        RejectedBefore = "Ezt a feladatot Ön korábban már elutasította, ezért most nem fogadhatja el. Viszonthallásra.",
        TakenBy = "Ezt a feladatot már elvállalta: {0}. Köszönjük. Viszonthallásra.",
        Cancelled = "Ezt a feladatot visszavonták. Viszonthallásra.",
        Over = "Ez a feladat már nem elérhető. Viszonthallásra.",
        WrongKey = "Ehhez a gombhoz nem tartozik választás.",
        TooManyWrongKeys = "Nem kaptunk érvényes választ. Viszonthallásra.",
        GoesOn = "A feladatot másnak ajánljuk fel. Önnek nincs teendője. Viszonthallásra.",
        OneMoment = "Megkaptuk. Egy pillanat türelmet kérünk.",
        NoAnswer = "Nem kaptunk választ. Viszonthallásra.",
    };
}
